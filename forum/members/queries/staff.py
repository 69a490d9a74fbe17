"""Who looks after the site. Where staff need a second step, a role without one is not in force."""

from sqlalchemy import Select, select

from forum.core.db import db
from forum.core.reader import STAFF
from forum.core.settings import current_settings
from forum.members.models import Member, MemberState, Role


def holders(*roles: str) -> Select[tuple[int]]:
    """The ids of the members in whom one of these roles is in force on the whole site."""
    query = select(Role.member_id).where(Role.scope_kind == "site", Role.role.in_(roles))
    if current_settings().staff_needs_second_step:
        query = query.join(Member, Member.id == Role.member_id).where(Member.has_second_step)
    return query


def is_staff(member_id: int) -> bool:
    """Does this member hold a role that needs a second step, in whatever scope, in force or not?"""
    query = select(Role.id).where(Role.member_id == member_id, Role.role.in_(STAFF)).limit(1)
    return db.session.scalar(query) is not None


def managers() -> list[Member]:
    """Active managers and admins of the whole site."""
    found = select(Member).where(Member.id.in_(holders("manager", "admin")), Member.state == MemberState.ACTIVE)
    return list(db.session.scalars(found.order_by(Member.id)))


def moderators() -> list[int]:
    """The ids of active moderators of the whole site."""
    found = select(Member.id).where(Member.id.in_(holders("moderator")), Member.state == MemberState.ACTIVE)
    return list(db.session.scalars(found.order_by(Member.id)))


def members_of(municipality_id: int, *, most: int) -> list[int]:
    """The ids of the active members of a municipality."""
    query = select(Member.id).where(Member.municipality_id == municipality_id, Member.state == MemberState.ACTIVE)
    return list(db.session.scalars(query.order_by(Member.id).limit(most)))


def is_last_admin(member_id: int) -> bool:
    """Would nobody administer the site without this member?"""
    query = (
        select(Role.member_id)
        .join(Member, Member.id == Role.member_id)
        .where(Role.scope_kind == "site", Role.role == "admin", Member.state == MemberState.ACTIVE)
    )
    return set(db.session.scalars(query)) == {member_id}
