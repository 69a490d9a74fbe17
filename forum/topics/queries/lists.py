"""Lists of topics that a reader may see."""

from sqlalchemy import Row, Select, func, select, union
from sqlalchemy.orm import aliased
from sqlalchemy.sql import ColumnElement

from forum.core.paging import Page, page_of
from forum.core.reader import Reader
from forum.following.models import Follow, Level
from forum.following.queries import level_of
from forum.members.models import Member
from forum.municipalities.models import Municipality
from forum.municipalities.queries import name_in, named
from forum.spaces.models import Space
from forum.topics.models import ReadMark, Topic
from forum.topics.queries.door import visible_topics

LIST_PAGE = 30


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
            level_of(reader.id or 0, "topic", Topic.id).label("level"),
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


def by_space(
    space_id: int, *, reader: Reader, language: str, cursor: str | None = None, size: int = LIST_PAGE
) -> Page[Row]:
    """Topics of one space, the newest reply first."""
    return by_latest(topic_rows(reader, language).where(Topic.space_id == space_id), cursor=cursor, size=size)


def by_municipality(municipality_id: int, *, reader: Reader, language: str, size: int = 10) -> Page[Row]:
    """Topics started from a municipality, as far as the reader may see them."""
    return by_latest(topic_rows(reader, language).where(Topic.municipality_id == municipality_id), size=size)
