"""Who may watch an event."""

from collections.abc import Collection

from sqlalchemy import select

from forum.core.db import db
from forum.core.reader import STAFF, Reader
from forum.members.models import Member
from forum.members.queries.staff import holders
from forum.spaces.queries import visible_to
from forum.workshops.models import Workshop


def sees_event(workshop_id: int, *, reader: Reader) -> bool:
    """May the reader see it?"""
    query = select(Workshop.id).where(Workshop.id == workshop_id, visible_to(reader, Workshop.space_id))
    return db.session.scalar(query) is not None


def staff_among(member_ids: Collection[int]) -> set[int]:
    """Those of these members who moderate or manage the site."""
    query = select(Member.id).where(Member.id.in_(list(member_ids)), Member.id.in_(holders(*STAFF)))
    return set(db.session.scalars(query))
