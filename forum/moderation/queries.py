"""Reads at the moderators' desk: what is held in spaces that they may read; for its author, their own."""

from sqlalchemy import Row, Select, func, or_, select

from forum.core.db import db
from forum.core.errors import NotFound
from forum.core.paging import Page, page_of
from forum.core.reader import Reader
from forum.holding.models import HeldPost, HeldState
from forum.members.models import Member
from forum.municipalities.queries import name_in, named
from forum.spaces.queries import visible_to
from forum.topics.models import Topic
from forum.topics.queries import visible_topics

PAGE = 20


def _rows(reader: Reader, language: str) -> Select:
    """Held posts with who wrote them and the title of their topic, where the reader may see it."""
    municipality = name_in(language)
    return (
        select(
            HeldPost.id,
            HeldPost.state,
            HeldPost.author_id,
            HeldPost.topic_id,
            HeldPost.space_id,
            HeldPost.title,
            HeldPost.html,
            HeldPost.language,
            HeldPost.direction,
            HeldPost.created_at,
            HeldPost.decided_at,
            HeldPost.reason,
            HeldPost.post_id,
            Topic.title.label("topic_title"),
            Topic.language.label("topic_language"),
            Member.display_name.label("author"),
            Member.name_language.label("author_language"),
            Member.municipality_id,
            Member.photo_id,
            municipality.name.label("municipality"),
        )
        .join(Member, Member.id == HeldPost.author_id)
        .outerjoin(municipality, named(municipality, Member.municipality_id, language))
        .outerjoin(Topic, (Topic.id == HeldPost.topic_id) & visible_topics(reader))
    )


def waiting(reader: Reader, language: str, *, cursor: str | None = None) -> Page[Row]:
    """What waits for this moderator, the longest first."""
    query = _rows(reader, language).where(
        HeldPost.state == HeldState.WAITING, visible_to(reader, HeldPost.space_id), HeldPost.author_id != reader.id
    )
    return page_of(query, [HeldPost.id], cursor=cursor, size=PAGE)


def own(reader: Reader, language: str, *, cursor: str | None = None) -> Page[Row]:
    """What a member wrote and was held, the newest first, with what became of it."""
    query = _rows(reader, language).where(HeldPost.author_id == reader.id)
    return page_of(query, [HeldPost.id], cursor=cursor, size=PAGE, descending=True)


def get_held_row(held_id: int, *, reader: Reader, language: str) -> Row:
    """One for its author or for a moderator who may read its space; NotFound for everybody else."""
    seen = [HeldPost.author_id == reader.id]
    if reader.is_staff:
        seen.append(visible_to(reader, HeldPost.space_id))
    row = db.session.execute(_rows(reader, language).where(HeldPost.id == held_id, or_(*seen))).one_or_none()
    if row is None:
        raise NotFound
    return row


def get_held(held_id: int, *, reader: Reader) -> HeldPost:
    """The same, for who changes it."""
    seen = [HeldPost.author_id == reader.id]
    if reader.is_staff:
        seen.append(visible_to(reader, HeldPost.space_id))
    query = select(HeldPost).where(HeldPost.id == held_id, or_(*seen))
    held = db.session.scalar(query.execution_options(populate_existing=True))
    if held is None:
        raise NotFound
    return held


def count_waiting(reader: Reader) -> int:
    """How much waits for this moderator."""
    query = select(func.count()).where(HeldPost.state == HeldState.WAITING, visible_to(reader, HeldPost.space_id))
    return db.session.scalar(query) or 0
