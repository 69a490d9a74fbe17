"""What posts quote, and how many answer them."""

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import ColumnElement, Row, String, cast, func, or_, select
from sqlalchemy.orm import aliased

from forum.core.db import db, lined
from forum.core.reader import Reader
from forum.members.models import Member
from forum.spaces.models import Space, SpaceKind
from forum.topics.models import Post, PostState, Quote, Topic
from forum.topics.queries.door import visible_topics


class QuotedPost(NamedTuple):
    """A post that is quoted, and its author's name with the language that it is written in."""

    id: int
    number: int
    tongue: str
    name: str


def quoted_column() -> ColumnElement[str]:
    """For a query of posts: a line "<id> <number> <language of the name> <name>" for each post that Post quotes and
    that all readers of Post may see; None where there are none."""
    quoted, author = aliased(Post, name="quoted"), aliased(Member, name="quoted_author")
    here, there, space = aliased(Topic, name="here"), aliased(Topic, name="there"), aliased(Space, name="there_space")
    line = cast(quoted.id, String) + " " + cast(quoted.number, String) + " " + author.name_language
    query = (
        select(lined(line + " " + author.display_name))
        .select_from(Quote)
        .join(quoted, quoted.id == Quote.quoted_id)
        .join(author, author.id == quoted.author_id)
        .join(there, there.id == quoted.topic_id)
        .join(space, space.id == there.space_id)
        .join(here, here.id == Post.topic_id)
        .where(Quote.post_id == Post.id, or_(there.space_id == here.space_id, space.kind == SpaceKind.PUBLIC))
    )
    return query.correlate(Post).scalar_subquery()


def quoted_of(post: Row) -> list[QuotedPost]:
    """What `quoted_column` says of a row."""
    lines = (line.split(" ", 3) for line in (post.quoted or "").split("\n") if line)
    return [QuotedPost(int(id), int(number), tongue, name) for id, number, tongue, name in lines]


def answers_column() -> ColumnElement[int]:
    """For a query of posts: how many posts in sight answer Post."""
    answer = aliased(Post, name="answer")
    query = select(func.count()).where(answer.reply_to_id == Post.id, answer.state == PostState.SHOWN)
    return query.correlate(Post).scalar_subquery()


def quotable(ids: Collection[int], *, reader: Reader, space_id: int | None = None) -> set[int]:
    """Those of these posts that the reader may see and, where something is written in a space, all its readers too."""
    query = (
        select(Post.id)
        .join(Topic, Topic.id == Post.topic_id)
        .join(Space, Space.id == Topic.space_id)
        .where(Post.id.in_(ids), Post.state == PostState.SHOWN, visible_topics(reader))
    )
    if space_id is not None:
        query = query.where(or_(Topic.space_id == space_id, Space.kind == SpaceKind.PUBLIC))
    return set(db.session.scalars(query))


def quoted_by(post_id: int) -> list[int]:
    """The ids of what a post quotes."""
    return list(db.session.scalars(select(Quote.quoted_id).where(Quote.post_id == post_id)))


def names_of_quoted(ids: Collection[int]) -> list[QuotedPost]:
    """Numbers and authors of posts that have passed the door."""
    query = select(Post.id, Post.number, Member.name_language, Member.display_name)
    rows = db.session.execute(query.join(Member, Member.id == Post.author_id).where(Post.id.in_(ids)))
    return [QuotedPost(*row) for row in rows]
