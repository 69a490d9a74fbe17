"""Every read of topics and posts, as column tuples: see docs/decisions/0004-fragments.md for why not as objects."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Engine, Row, Select, bindparam, case, exists, func, or_, select, union
from sqlalchemy.orm import aliased
from sqlalchemy.sql import ColumnElement

from forum.core import stamps
from forum.core.db import Id, db, read
from forum.core.errors import NotFound
from forum.core.paging import Page, page_of
from forum.core.prepared import Prepared
from forum.core.reader import Reader
from forum.following.models import Follow, Level
from forum.following.queries import level_of
from forum.members.models import Member
from forum.members.queries import BroughtAlong, reader_of, reader_statement, token_values
from forum.municipalities.models import Municipality, MunicipalityName
from forum.municipalities.queries import name_in, named
from forum.spaces import queries as spaces
from forum.spaces.models import Space, SpaceMember
from forum.topics.models import POSTS_PER_PAGE, Mention, Post, PostRedirect, PostVersion, ReadMark, Topic
from forum.topics.rules import may_read

LIST_PAGE = 30
MOST_CHANGES = 100  # a longer gap is quicker as a reload


class TopicSeen(NamedTuple):
    """A topic as one reader sees it: all that the page's head, the rules and the caches need, in one statement."""

    id: int
    title: str
    language: str
    direction: str
    slug: str
    state: str
    space_id: int
    space_kind: str
    belongs: bool
    author_id: int
    created_at: datetime
    last_post_at: datetime
    last_number: int
    last_position: int
    post_count: int
    change: int
    head_change: int
    level: Level | None
    read_number: int
    names: int

    @property
    def pages(self) -> int:
        """How many pages there are; at least one."""
        return page_of_position(self.last_position)


def page_of_position(position: int) -> int:
    """The page on which a position stands, from 1."""
    return (max(position, 1) - 1) // POSTS_PER_PAGE + 1


def visible_topics(reader: Reader) -> ColumnElement[bool]:
    """The query twin of `rules.may_read`."""
    return spaces.visible_to(reader, Topic.space_id)


def find_topic(topic_id: int, *, reader: Reader) -> TopicSeen | None:
    """The topic, if it is there and the reader may see it."""
    row = read(_door, topic_id=topic_id, reader_id=reader.id or 0).one_or_none()
    topic = None if row is None else TopicSeen(*row)
    return topic if topic and may_read(reader, topic) else None


def _door_columns(reader_id: ColumnElement[int]) -> list[ColumnElement[Any]]:
    """The columns of TopicSeen, for the reader with this id."""
    mark = select(ReadMark.number).where(ReadMark.member_id == reader_id, ReadMark.topic_id == Topic.id)
    belongs = exists().where(SpaceMember.space_id == Topic.space_id, SpaceMember.member_id == reader_id)
    columns: list[Any] = [
        Topic.id,
        Topic.title,
        Topic.language,
        Topic.direction,
        Topic.slug,
        Topic.state,
        Topic.space_id,
        Space.kind,
        belongs,
        Topic.author_id,
        Topic.created_at,
        Topic.last_post_at,
        Topic.last_number,
        Topic.last_position,
        Topic.post_count,
        Topic.change,
        Topic.head_change,
        level_of(reader_id, "topic", Topic.id),
        func.coalesce(mark.scalar_subquery(), 0),
        func.coalesce(stamps.column(stamps.NAMES), 0),
    ]
    return [column.label(f"topic_{name}") for column, name in zip(columns, TopicSeen._fields, strict=True)]


_door = (
    select(*_door_columns(bindparam("reader_id", type_=Id)))
    .join(Space, Space.id == Topic.space_id)
    .where(Topic.id == bindparam("topic_id", type_=Id))
)

ReaderAtTopic = Callable[[str, int], tuple[Reader, TopicSeen] | None]


def reader_at_topic(engine: Engine, along: BroughtAlong) -> ReaderAtTopic:
    """A function that reads, in one statement of its own, who has this session's token and what they see of this topic.
    It knows no request; whether the reader may see the topic is still to be asked of `rules.may_read`."""
    statement = (
        reader_statement(along)
        .add_columns(*_door_columns(Member.id))
        .join(Topic, Topic.id == bindparam("topic_id", type_=Id))
        .join(Space, Space.id == Topic.space_id)
    )

    prepared = Prepared(engine, statement)

    def find(token: str, topic_id: int) -> tuple[Reader, TopicSeen] | None:
        row = prepared.find(**token_values(token), topic_id=topic_id)
        return None if row is None else (reader_of(row, along), TopicSeen(*row[-len(TopicSeen._fields) :]))

    return find


def get_topic(topic_id: int, *, reader: Reader) -> TopicSeen:
    """The topic, or NotFound: the same answer for hidden and absent."""
    topic = find_topic(topic_id, reader=reader)
    if topic is None:
        raise NotFound
    return topic


def read_number(reader: Reader) -> ColumnElement[int]:
    """How far the reader has read in Topic, as a column; None where they never were."""
    mark = select(ReadMark.number).where(ReadMark.member_id == reader.id, ReadMark.topic_id == Topic.id)
    return mark.scalar_subquery()


def topic_rows(reader: Reader, language: str) -> Select:
    """Rows of a list of topics that the reader may see."""
    last, first = aliased(Member, name="last_author"), aliased(Member, name="first_author")
    municipality = name_in(language)
    return (
        select(
            Topic.id,
            Topic.title,
            Topic.language,
            Topic.direction,
            Topic.slug,
            Topic.state,
            Topic.space_id,
            Space.kind.label("space_kind"),
            Topic.change,
            Topic.post_count,
            Topic.last_number,
            Topic.created_at,
            Topic.last_post_at,
            first.id.label("author_id"),
            first.display_name.label("author"),
            first.name_language.label("author_language"),
            municipality.name.label("municipality"),
            Municipality.country,
            last.id.label("last_author_id"),
            last.display_name.label("last_author"),
            last.name_language.label("last_author_language"),
            func.coalesce(read_number(reader), 0).label("read_number"),
            level_of(reader.id, "topic", Topic.id).label("level"),
        )
        .join(Space, Space.id == Topic.space_id)
        .join(first, first.id == Topic.author_id)
        .join(last, last.id == Topic.last_author_id)
        .outerjoin(municipality, named(municipality, Topic.municipality_id, language))
        .outerjoin(Municipality, Municipality.id == Topic.municipality_id)
        .where(visible_topics(reader))
    )


def latest(reader: Reader, language: str, *, cursor: str | None = None, size: int = LIST_PAGE) -> Page[Row]:
    """Topics with the newest reply first."""
    return by_latest(topic_rows(reader, language), cursor=cursor, size=size)


def unread(reader: Reader, language: str, *, cursor: str | None = None, size: int = LIST_PAGE) -> Page[Row]:
    """Topics that the member has opened or follows, and that hold posts behind their read mark."""
    opened = select(ReadMark.topic_id).where(ReadMark.member_id == reader.id)
    followed = select(Follow.subject_id).where(Follow.member_id == reader.id, Follow.subject_kind == "topic")
    muted = followed.where(Follow.level == Level.MUTED)
    query = topic_rows(reader, language).where(
        Topic.id.in_(union(opened, followed)),
        Topic.id.not_in(muted),
        Topic.last_number > func.coalesce(read_number(reader), 0),
    )
    return by_latest(query, cursor=cursor, size=size)


def by_latest(query: Select, *, cursor: str | None = None, size: int = LIST_PAGE) -> Page[Row]:
    """One page of a list of topics, the newest reply first."""
    return page_of(query, [Topic.last_post_at, Topic.id], cursor=cursor, size=size, descending=True)


def by_member(member_id: int, *, reader: Reader, language: str, size: int = 10) -> Page[Row]:
    """Topics that a member started, as far as the reader may see them."""
    return by_latest(topic_rows(reader, language).where(Topic.author_id == member_id), size=size)


def by_municipality(municipality_id: int, *, reader: Reader, language: str, size: int = 10) -> Page[Row]:
    """Topics started from a municipality, as far as the reader may see them."""
    return by_latest(topic_rows(reader, language).where(Topic.municipality_id == municipality_id), size=size)


def post_rows(language: str) -> Select:
    """Posts with their bylines, as `_post.html` wants them."""
    municipality = aliased(MunicipalityName, name="byline_municipality")
    answered = aliased(Post, name="answered")
    answered_author = aliased(Member, name="answered_author")
    return (
        select(
            Post.id,
            Post.topic_id,
            Post.number,
            Post.position,
            Post.author_id,
            Post.byline,
            case((Post.state == "shown", Post.html), else_="").label("html"),
            Post.language,
            Post.direction,
            Post.state,
            Post.version,
            Post.change,
            Post.created_at,
            Post.edited_at,
            Member.display_name.label("author"),
            Member.name_language.label("author_language"),
            Member.version.label("author_version"),
            Post.municipality_id,
            municipality.name.label("municipality"),
            Municipality.country,
            answered.number.label("answered_number"),
            answered_author.display_name.label("answered_author"),
            answered_author.name_language.label("answered_language"),
        )
        .join(Member, Member.id == Post.author_id)
        .outerjoin(municipality, named(municipality, Post.municipality_id, language))
        .outerjoin(Municipality, Municipality.id == Post.municipality_id)
        .outerjoin(answered, answered.id == Post.reply_to_id)
        .outerjoin(answered_author, answered_author.id == answered.author_id)
    )


def posts_on_page(topic: TopicSeen, page: int, language: str) -> Sequence[Row]:
    """The posts of one page, by position; a topic that the reader has passed the door of."""
    last = page * POSTS_PER_PAGE
    query = post_rows(language).where(
        Post.topic_id == topic.id, Post.position > last - POSTS_PER_PAGE, Post.position <= last
    )
    return db.session.execute(query.order_by(Post.position)).all()


def changed_posts(topic: TopicSeen, *, since: int, language: str) -> Sequence[Row] | None:
    """What happened to posts after this change, in the order of the page; None when a reload is the better answer."""
    if since > topic.change or since < topic.head_change:
        return None
    query = post_rows(language).where(Post.topic_id == topic.id, Post.change > since)
    rows = db.session.execute(query.order_by(Post.position).limit(MOST_CHANGES + 1)).all()
    return None if len(rows) > MOST_CHANGES else rows


def get_post_row(post_id: int, language: str) -> Row:
    """One post for its fragment. For the live push, whose room stands behind the door."""
    return db.session.execute(post_rows(language).where(Post.id == post_id)).one()


def get_post(post_id: int, *, reader: Reader) -> Post:
    """A post in a topic that the reader may see, or NotFound."""
    query = select(Post).join(Topic, Topic.id == Post.topic_id).where(Post.id == post_id, visible_topics(reader))
    post = db.session.scalar(query)
    if post is None:
        raise NotFound
    return post


def find_post_numbered(topic: TopicSeen, number: int) -> Post | None:
    """The post with this number, or the one that had it before it moved within the topic."""
    moved = select(PostRedirect.post_id).where(PostRedirect.topic_id == topic.id, PostRedirect.number == number)
    query = select(Post).where(
        Post.topic_id == topic.id, or_(Post.number == number, Post.id == moved.scalar_subquery())
    )
    return db.session.scalar(query)


def first_number_after(topic: TopicSeen, number: int) -> int:
    """The first number behind this one that a post has; the last post's where there is none."""
    query = select(func.min(Post.number)).where(Post.topic_id == topic.id, Post.number > number)
    return db.session.scalar(query) or topic.last_number


def versions_of(post: Post) -> list[PostVersion]:
    """The texts that a post had before, the oldest first."""
    query = select(PostVersion).where(PostVersion.post_id == post.id)
    return list(db.session.scalars(query.order_by(PostVersion.version)))


def last_language_of(author_id: int) -> str | None:
    """The language in which a member wrote last."""
    return db.session.scalar(select(Post.language).where(Post.author_id == author_id).order_by(Post.id.desc()).limit(1))


def mentioned_in(post_id: int) -> list[int]:
    """The members whom a post speaks to."""
    return list(db.session.scalars(select(Mention.member_id).where(Mention.post_id == post_id)))


def find_space_of(topic_id: int) -> Row | None:
    """(id, kind) of the space of a topic."""
    query = select(Space.id, Space.kind).join(Topic, Topic.space_id == Space.id).where(Topic.id == topic_id)
    return db.session.execute(query).one_or_none()


def topic_id_of(post_id: int) -> int:
    """The topic in which a post stands."""
    return db.session.execute(select(Post.topic_id).where(Post.id == post_id)).scalar_one()
