"""Workshops as the reader may see them. Texts come in the reader's language; each workshop has all four."""

from datetime import datetime

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import aliased
from sqlalchemy.sql import ColumnElement

from forum.core import clock
from forum.core.db import db
from forum.core.errors import NotFound
from forum.core.paging import Page, page_of
from forum.core.reader import GUEST, Reader
from forum.spaces import queries as spaces
from forum.spaces.models import LONGEST_SPACE_NAME, Space
from forum.workshops.models import Workshop, WorkshopLink, WorkshopText, WorkshopTopic

PAGE = 20
MOST_ON_A_PAGE = 500  # of a month of the calendar, or of a feed
MOST_COMING = 100  # so many are announced at a time at most; they are shown without paging


def workshop_rows(reader: Reader, language: str) -> Select:
    """Workshops that the reader may see, with their texts in this language."""
    belongs = spaces.belongs(reader, Workshop.space_id).label("belongs")
    topics_space = aliased(Space, name="topics_space")
    return (
        select(
            Workshop.id,
            Workshop.kind,
            Workshop.space_id,
            Space.kind.label("space_kind"),
            belongs,
            topics_space.id.label("topics_space_id"),
            topics_space.kind.label("topics_kind"),
            spaces.belongs(reader, topics_space.id).label("topics_belongs"),
            Workshop.zone,
            Workshop.starts_at,
            Workshop.ends_at,
            Workshop.starts_wall,
            Workshop.ends_wall,
            Workshop.is_date_approximate,
            Workshop.is_online,
            Workshop.country,
            Workshop.colour,
            Workshop.revision,
            Workshop.changed_at,
            Workshop.cancelled_at,
            Workshop.cancel_reason,
            Workshop.closed_at,
            WorkshopText.title,
            WorkshopText.summary,
            WorkshopText.html,
            WorkshopText.place,
            func.coalesce(WorkshopText.written_in, language).label("text_language"),
        )
        .join(Space, Space.id == Workshop.space_id)
        .join(topics_space, topics_space.id == func.coalesce(Workshop.topics_space_id, Workshop.space_id))
        .join(WorkshopText, (WorkshopText.workshop_id == Workshop.id) & (WorkshopText.language == language))
        .where(spaces.visible_to(reader, Workshop.space_id))
    )


def get_workshop(workshop_id: int, *, reader: Reader, language: str) -> Row:
    """One workshop, or NotFound."""
    row = db.session.execute(workshop_rows(reader, language).where(Workshop.id == workshop_id)).one_or_none()
    if row is None:
        raise NotFound
    return row


def coming(reader: Reader, language: str, *, size: int = PAGE) -> list[Row]:
    """What is not over yet, the next first."""
    query = workshop_rows(reader, language).where(Workshop.ends_at >= clock.now())
    return list(db.session.execute(query.order_by(Workshop.starts_at, Workshop.id).limit(size)).all())


def public_ids() -> list[int]:
    """The ids of those that everybody may see."""
    query = select(Workshop.id).where(spaces.visible_to(GUEST, Workshop.space_id)).order_by(Workshop.id)
    return list(db.session.scalars(query))


def past(reader: Reader, language: str, *, cursor: str | None = None) -> Page[Row]:
    """What is over, the last first."""
    query = workshop_rows(reader, language).where(Workshop.ends_at < clock.now())
    return page_of(query, [Workshop.starts_at, Workshop.id], cursor=cursor, size=PAGE, descending=True)


def manageable(reader: Reader, language: str) -> list[Row]:
    """The workshops that a manager may link or copy, the last first."""
    query = workshop_rows(reader, language).order_by(Workshop.starts_at.desc(), Workshop.id.desc())
    return list(db.session.execute(query.limit(MOST_ON_A_PAGE)).all())


def between(since: datetime, until: datetime, *, reader: Reader, language: str) -> list[Row]:
    """What is on in this time, the first first; what has no exact date is not."""
    query = workshop_rows(reader, language).where(
        Workshop.starts_at <= until, Workshop.ends_at >= since, Workshop.is_date_approximate.is_(False)
    )
    return list(db.session.execute(query.order_by(Workshop.starts_at, Workshop.id).limit(MOST_ON_A_PAGE)).all())


def prepared_by(workshop_id: int, *, reader: Reader, language: str) -> list[Row]:
    """The workshops that this one prepares, as far as the reader may see them."""
    return _linked(WorkshopLink.prepares_id, WorkshopLink.workshop_id == workshop_id, reader, language)


def leading_to(workshop_id: int, *, reader: Reader, language: str) -> list[Row]:
    """The workshops that this one follows up, as far as the reader may see them."""
    return _linked(WorkshopLink.workshop_id, WorkshopLink.prepares_id == workshop_id, reader, language)


def _linked(other: ColumnElement[int], which: ColumnElement[bool], reader: Reader, language: str) -> list[Row]:
    query = workshop_rows(reader, language).where(Workshop.id.in_(select(other).where(which)))
    return list(db.session.execute(query.order_by(Workshop.starts_at)).all())


def phase_at(workshop: Row, moment: datetime) -> str:
    """Is this moment before, during or after the workshop?"""
    if moment < workshop.starts_at:
        return "before"
    return "during" if moment <= workshop.ends_at else "after"


def get_row(workshop_id: int) -> Workshop:
    """The workshop's own row, for those who passed the door already."""
    return db.session.get_one(Workshop, workshop_id)


def hold_row(workshop_id: int) -> Workshop:
    """The same, ours until the transaction ends."""
    return db.session.get_one(Workshop, workshop_id, populate_existing=True, with_for_update=True)


def find_space_of(workshop_id: int) -> Row | None:
    """(id, kind) of the space of a workshop."""
    query = select(Space.id, Space.kind).join(Workshop, Workshop.space_id == Space.id).where(Workshop.id == workshop_id)
    return db.session.execute(query).one_or_none()


def titles_of(workshop_id: int) -> dict[str, str]:
    """{language: title}, short enough to name a space."""
    query = select(WorkshopText.language, WorkshopText.title).where(WorkshopText.workshop_id == workshop_id)
    return {row.language: row.title[:LONGEST_SPACE_NAME] for row in db.session.execute(query)}


def topic_ids_of(workshop_id: int) -> list[int]:
    """The ids of all its topics."""
    return list(db.session.scalars(select(WorkshopTopic.topic_id).where(WorkshopTopic.workshop_id == workshop_id)))
