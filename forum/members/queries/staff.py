"""Who looks after the site."""

from sqlalchemy import select

from forum.core.db import db
from forum.members.models import Member, MemberState, Role


def managers() -> list[Member]:
    """Active managers and admins of the whole site."""
    query = select(Role.member_id).where(Role.scope_kind == "site", Role.role.in_(["manager", "admin"]))
    found = select(Member).where(Member.id.in_(query), Member.state == MemberState.ACTIVE)
    return list(db.session.scalars(found.order_by(Member.id)))


def moderators() -> list[int]:
    """The ids of active moderators of the whole site."""
    query = select(Role.member_id).where(Role.scope_kind == "site", Role.role == "moderator")
    found = select(Member.id).where(Member.id.in_(query), Member.state == MemberState.ACTIVE)
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
