"""One topic as one reader sees it, through the visibility door."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Engine, Row, String, bindparam, cast, exists, func, select
from sqlalchemy.sql import ColumnElement

from forum.core import stamps
from forum.core.db import Id, db, joined, run
from forum.core.errors import NotFound
from forum.core.prepared import Prepared
from forum.core.reader import Reader
from forum.drafts.models import Draft, DraftKind
from forum.drafts.queries import draft_column
from forum.following.models import Level
from forum.following.queries import level_of
from forum.holding.queries import held_column
from forum.members.models import Member
from forum.members.queries import BroughtAlong, reader_of, reader_statement, token_values
from forum.spaces import queries as spaces
from forum.spaces.models import Space, SpaceMember
from forum.topics.models import POSTS_PER_PAGE, AcceptedAnswer, Reaction, ReadMark, Topic
from forum.topics.rules import may_read


class TopicSeen(NamedTuple):
    """A topic as one reader sees it: all that the page's head, the rules and the caches need, in one statement."""

    id: int
    title: str
    language: str
    direction: str
    slug: str
    state: str
    question: str | None  # open or answered; None for a discussion
    keeper_id: int | None  # who took the question over from its asker
    accepted_id: int | None  # the post that answers it
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
    mine: str | None  # the reader's own reactions, "<post id>:<kind>" with spaces between
    draft: str | None  # what the reader has begun to reply
    draft_to: int | None  # and the number of the post that it answers
    held: int  # how many replies of the reader wait for a moderator

    @property
    def pages(self) -> int:
        """How many pages there are; at least one."""
        return page_of_position(self.last_position)


def page_of_position(position: int) -> int:
    """The page on which a position stands, from 1."""
    return (max(position, 1) - 1) // POSTS_PER_PAGE + 1


def visible_topics(reader: Reader) -> ColumnElement[bool]:
    """The query twin of `rules.may_read`."""
    # `+ 0` hides the index on spaces from SQLite, which would sort all topics of a space to show thirty of them.
    return spaces.visible_to(reader, Topic.space_id + 0)


def find_topic(topic_id: int, *, reader: Reader) -> TopicSeen | None:
    """The topic, if it is there and the reader may see it."""
    row = run(_door, topic_id=topic_id, reader_id=reader.id or 0).one_or_none()
    topic = None if row is None else TopicSeen(*row)
    return topic if topic and may_read(reader, topic) else None


def _door_columns(reader_id: ColumnElement[int]) -> list[ColumnElement[Any]]:
    """The columns of TopicSeen, for the reader with this id."""
    mark = select(ReadMark.number).where(ReadMark.member_id == reader_id, ReadMark.topic_id == Topic.id)
    belongs = exists().where(SpaceMember.space_id == Topic.space_id, SpaceMember.member_id == reader_id)
    mine = select(joined(cast(Reaction.post_id, String) + ":" + Reaction.kind))
    mine = mine.where(Reaction.member_id == reader_id, Reaction.topic_id == Topic.id)
    columns: list[Any] = [
        Topic.id,
        Topic.title,
        Topic.language,
        Topic.direction,
        Topic.slug,
        Topic.state,
        Topic.question,
        Topic.keeper_id,
        select(AcceptedAnswer.post_id)
        .where(AcceptedAnswer.topic_id == Topic.id, AcceptedAnswer.rests.is_(False))
        .scalar_subquery(),
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
        mine.scalar_subquery(),
        draft_column(Draft.words, reader_id, DraftKind.TOPIC, Topic.id),
        draft_column(Draft.reply_to, reader_id, DraftKind.TOPIC, Topic.id),
        held_column(reader_id, Topic.id),
    ]
    return [column.label(f"topic_{name}") for column, name in zip(columns, TopicSeen._fields, strict=True)]


_door = (
    select(*_door_columns(bindparam("reader_id", type_=Id)))
    .join(Space, Space.id == Topic.space_id)
    .where(Topic.id == bindparam("topic_id", type_=Id))
)


ReaderAtTopic = Callable[[str, int], tuple[Reader, TopicSeen] | None]


def reader_at_topic(engine: Engine, along: BroughtAlong, *, strict: bool) -> ReaderAtTopic:
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
        if row is None:
            return None
        return reader_of(row, along, strict=strict), TopicSeen(*row[-len(TopicSeen._fields) :])

    return find


def get_topic(topic_id: int, *, reader: Reader) -> TopicSeen:
    """The topic, or NotFound: the same answer for hidden and absent."""
    topic = find_topic(topic_id, reader=reader)
    if topic is None:
        raise NotFound
    return topic


def find_space_of(topic_id: int) -> Row | None:
    """(id, kind) of the space of a topic."""
    query = select(Space.id, Space.kind).join(Topic, Topic.space_id == Space.id).where(Topic.id == topic_id)
    return db.session.execute(query).one_or_none()
