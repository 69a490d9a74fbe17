"""Lists of topics that a reader may see."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, Select, exists, func, literal_column, select, union
from sqlalchemy.orm import aliased
from sqlalchemy.sql import ColumnElement

from forum.core import clock
from forum.core.db import db
from forum.core.errors import NotFound
from forum.core.languages import fold
from forum.core.paging import Page, page_of
from forum.core.reader import GUEST, Reader
from forum.following.models import Follow, Level
from forum.following.queries import level_of
from forum.members.models import Member
from forum.municipalities.models import Municipality
from forum.municipalities.queries import name_in, named
from forum.spaces.models import Space
from forum.topics.models import UNANSWERED, ReadMark, Tag, Topic, TopicTag, TopicTheme
from forum.topics.queries.door import visible_topics
from forum.topics.queries.labels import Labels, labels_for

LIST_PAGE = 30
FEW_ENOUGH = 1000  # topics that are sorted for one page
NEW_DAYS = 30


class Which(StrEnum):
    """The lists."""

    LATEST = "latest"
    UNREAD = "unread"
    NEW = "new"
    UNANSWERED = "unanswered"
    MINE = "mine"

    @property
    def is_own(self) -> bool:
        """Is it a member's own?"""
        return self in (Which.UNREAD, Which.NEW, Which.MINE)


def read_number(reader: Reader) -> ColumnElement[int]:
    """How far the reader has read in Topic, as a column; None where they never were."""
    mark = select(ReadMark.number).where(ReadMark.member_id == (reader.id or 0), ReadMark.topic_id == Topic.id)
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
            Topic.question,
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
            Topic.municipality_id,
            municipality.name.label("municipality"),
            Municipality.country,
            last.id.label("last_author_id"),
            last.display_name.label("last_author"),
            last.name_language.label("last_author_language"),
            func.coalesce(read_number(reader), 0).label("read_number"),
            level_of(reader.id or 0, "topic", Topic.id).label("level"),
        )
        .join(Space, Space.id == Topic.space_id)
        .join(first, first.id == Topic.author_id)
        .join(last, last.id == Topic.last_author_id)
        .outerjoin(municipality, named(municipality, Topic.municipality_id, language))
        .outerjoin(Municipality, Municipality.id == Topic.municipality_id)
        .where(visible_topics(reader))
    )


def get_topic_row(topic_id: int, *, reader: Reader, language: str) -> tuple[Row, Labels]:
    """One of them with its themes and tags, or NotFound."""
    row = db.session.execute(topic_rows(reader, language).where(Topic.id == topic_id)).one_or_none()
    if row is None:
        raise NotFound
    return row, labels_for([row.id], language)[row.id]


@dataclass(frozen=True)
class Wanted:
    """What narrows a list; None does not. `themes` are those of a branch; `topics` select ids of topics, for lists that
    features above keep."""

    themes: Sequence[int] | None = None
    tag: str | None = None
    municipality_id: int | None = None
    country: str | None = None
    language: str | None = None
    topics: Select | None = None


def topic_list(
    which: Which, reader: Reader, language: str, *, wanted: Wanted, cursor: str | None = None, size: int = LIST_PAGE
) -> Page[Row]:
    """One page of one of the lists, narrowed, the newest reply first. Lists of a member's own are for members."""
    query = topic_rows(reader, language)
    if which != Which.LATEST:
        query = query.where(*_kinds[which](reader))
    return by_latest(query.where(*_conditions(wanted)), cursor=cursor, size=size)


def _conditions(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    if wanted.themes is not None:
        yield _carries(TopicTheme.topic_id, TopicTheme.theme_id, list(wanted.themes))
    if wanted.tag is not None:
        folded = " ".join(fold(wanted.tag).split())
        yield _carries(TopicTag.topic_id, TopicTag.tag_id, list(db.session.scalars(_tag_called(folded))))
    if wanted.topics is not None:
        yield Topic.id.in_(wanted.topics)
    for column, value in (
        (Topic.municipality_id, wanted.municipality_id),
        (Topic.country, wanted.country),
        (Topic.language, wanted.language),
    ):
        if value is not None:
            yield column == value


def _tag_called(folded: str) -> Select:
    return select(Tag.id).where(Tag.folded == folded)


def _carries(topic_id: Any, label_id: Any, ids: list[int]) -> ColumnElement[bool]:
    """That a topic carries one of these. Few topics are found by the label and then sorted; when many carry it the
    list is walked from its start and each asked, or thousands would be sorted to show thirty."""
    few = select(topic_id).where(label_id.in_(ids)).limit(FEW_ENOUGH).subquery()
    number = db.session.scalar(select(func.count()).select_from(few)) if ids else 0
    if number < FEW_ENOUGH:
        return Topic.id.in_(select(topic_id).where(label_id.in_(ids)))
    return exists().where(topic_id == Topic.id, (label_id + 0).in_(ids))


def _unread(reader: Reader) -> list[ColumnElement[bool]]:
    """Topics that the member has opened or follows, and that hold posts behind their read mark."""
    opened = select(ReadMark.topic_id).where(ReadMark.member_id == reader.id)
    followed = select(Follow.subject_id).where(Follow.member_id == reader.id, Follow.subject_kind == "topic")
    return [
        Topic.id.in_(union(opened, followed)),
        Topic.id.not_in(_muted(reader)),
        Topic.last_number > func.coalesce(read_number(reader), 0),
    ]


def _new(reader: Reader) -> list[ColumnElement[bool]]:
    """Topics of the last weeks that the member has never opened."""
    since = clock.now() - timedelta(days=NEW_DAYS)
    return [
        Topic.last_post_at > since,  # bounds the walk; a topic of these weeks has no older reply
        Topic.created_at > since,
        Topic.id.not_in(_muted(reader)),
        ~exists().where(ReadMark.member_id == reader.id, ReadMark.topic_id == Topic.id),
    ]


def _muted(reader: Reader) -> Select:
    return select(Follow.subject_id).where(
        Follow.member_id == reader.id, Follow.subject_kind == "topic", Follow.level == Level.MUTED
    )


def _unanswered(_reader: Reader) -> list[ColumnElement[bool]]:
    """What waits for an answer. In the words of the index, or SQLite would not use it."""
    return [literal_column(UNANSWERED)]


def _mine(reader: Reader) -> list[ColumnElement[bool]]:
    return [Topic.author_id == reader.id]


_kinds: dict[Which, Callable[[Reader], list[ColumnElement[bool]]]] = {
    Which.UNREAD: _unread,
    Which.NEW: _new,
    Which.UNANSWERED: _unanswered,
    Which.MINE: _mine,
}


def latest(reader: Reader, language: str, *, cursor: str | None = None, size: int = LIST_PAGE) -> Page[Row]:
    """Topics with the newest reply first."""
    return by_latest(topic_rows(reader, language), cursor=cursor, size=size)


def unread(reader: Reader, language: str, *, cursor: str | None = None, size: int = LIST_PAGE) -> Page[Row]:
    """Topics that the member has opened or follows, and that hold posts behind their read mark."""
    return topic_list(Which.UNREAD, reader, language, wanted=Wanted(), cursor=cursor, size=size)


def unanswered(reader: Reader, language: str, *, size: int = LIST_PAGE) -> Page[Row]:
    """Topics that wait for an answer."""
    return topic_list(Which.UNANSWERED, reader, language, wanted=Wanted(), size=size)


def by_latest(query: Select, *, cursor: str | None = None, size: int = LIST_PAGE) -> Page[Row]:
    """One page of a list of topics, the newest reply first."""
    return page_of(query, [Topic.last_post_at, Topic.id], cursor=cursor, size=size, descending=True)


def last_public_id() -> int:
    """The id of the newest topic that everybody may see; 0 when there is none."""
    return db.session.scalar(select(func.max(Topic.id)).where(visible_topics(GUEST))) or 0


def public_topics(*, after: int, up_to: int) -> Sequence[Row]:
    """id, slug and last_post_at of the topics that everybody may see, by id."""
    query = select(Topic.id, Topic.slug, Topic.last_post_at).where(Topic.id > after, Topic.id <= up_to)
    return db.session.execute(query.where(visible_topics(GUEST)).order_by(Topic.id)).all()


def by_space(
    space_id: int, *, reader: Reader, language: str, cursor: str | None = None, size: int = LIST_PAGE
) -> Page[Row]:
    """Topics of one space, the newest reply first."""
    return by_latest(topic_rows(reader, language).where(Topic.space_id == space_id), cursor=cursor, size=size)


def by_municipality(municipality_id: int, *, reader: Reader, language: str, size: int = 10) -> Page[Row]:
    """Topics started from a municipality, as far as the reader may see them."""
    return by_latest(topic_rows(reader, language).where(Topic.municipality_id == municipality_id), size=size)
