"""Who is shut out, until when, and whom they may ask."""

from typing import NamedTuple

from sqlalchemy import Row, select
from sqlalchemy.orm import aliased

from forum.core import clock
from forum.core.db import db
from forum.core.errors import NotFound
from forum.core.paging import Page, page_of
from forum.members.models import Contact, ContactKind, Member, MemberState, Role, ShownTo, Suspension

PAGE = 30
FEW = 5  # to ask


class Asked(NamedTuple):
    """Somebody whom one may ask; `email` is the address that they show to everybody, if they show one."""

    id: int
    name: str
    email: str | None


def find_suspension(member_id: int) -> Suspension | None:
    """The one that holds, if there is one."""
    open_now = Suspension.member_id == member_id, Suspension.ended_at.is_(None)
    return db.session.scalar(select(Suspension).where(*open_now))


def get_suspension(member_id: int) -> Suspension:
    """The one that holds, or NotFound."""
    found = find_suspension(member_id)
    if found is None:
        raise NotFound
    return found


def over() -> list[Suspension]:
    """Those whose time is over and that nobody has lifted yet."""
    due = Suspension.until <= clock.now(), Suspension.ended_at.is_(None)
    return list(db.session.scalars(select(Suspension).where(*due).order_by(Suspension.id)))


def suspended(*, cursor: str | None = None) -> Page[Row]:
    """Those who are shut out now, the latest first: id (of the suspension), the member's name and place, why, began_at,
    until, by."""
    by = aliased(Member, name="by")
    query = (
        select(
            Suspension.id,
            Suspension.member_id,
            Suspension.why,
            Suspension.began_at,
            Suspension.until,
            Member.display_name,
            Member.other_name,
            Member.name_language,
            Member.municipality_id,
            Member.photo_id,
            by.id.label("by_id"),
            by.display_name.label("by_name"),
            by.name_language.label("by_language"),
        )
        .join(Member, Member.id == Suspension.member_id)
        .outerjoin(by, by.id == Suspension.by_id)
        .where(Suspension.ended_at.is_(None), Member.state == MemberState.SUSPENDED)
    )
    return page_of(query, [Suspension.id], cursor=cursor, size=PAGE, descending=True)


def whom_to_ask() -> list[Asked]:
    """Managers and admins of the site; those who show an address to everybody come first."""
    looks_after = select(Role.member_id).where(Role.scope_kind == "site", Role.role.in_(["manager", "admin"]))
    shown = (Contact.member_id == Member.id) & (Contact.kind == ContactKind.EMAIL)
    query = (
        select(Member.id, Member.display_name, Contact.value)
        .outerjoin(Contact, shown & (Contact.shown_to == ShownTo.EVERYBODY))
        .where(Member.id.in_(looks_after), Member.state == MemberState.ACTIVE)
        .order_by(Contact.value.is_(None), Member.id)
    )
    return [Asked(*row) for row in db.session.execute(query.limit(FEW))]
