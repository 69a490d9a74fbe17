"""Who may do what with members."""

from collections.abc import Iterable

from sqlalchemy import Row

from forum.core.mail import PERSONAL, Letter
from forum.core.reader import STAFF, Reader
from forum.core.settings import current_settings
from forum.members.models import Member, MemberState, ShownTo

RANKS = {"moderator": 1, "manager": 2, "admin": 3}


def may_see_member(reader: Reader) -> bool:
    """Bylines in public topics lead to profiles, so guests see them; addresses are never on them."""
    return True


def may_see_contact(reader: Reader, member_id: int, shown_to: str) -> bool:
    """Members say who sees their contacts; staff is no exception. Their own they always see."""
    if reader.id == member_id or shown_to == ShownTo.EVERYBODY:
        return True
    return shown_to == ShownTo.MEMBERS and reader.is_authenticated


def may_write_to(reader: Reader, member: Member) -> bool:
    """Members write through the forum to others who want it."""
    if reader.is_anonymous or reader.id == member.id:
        return False
    return member.state == MemberState.ACTIVE and member.takes_letters


def may_give_role(reader: Reader, role: str) -> bool:
    """Managers name translators and moderators; only admins name managers and admins."""
    return reader.has_role("admin") or (role in ("translator", "moderator") and reader.has_role("manager"))


def may_read_letters(reader: Reader) -> bool:
    """Managers and admins see what the site sends."""
    return reader.has_role("manager", "admin")


def may_move_member(reader: Reader) -> bool:
    """Managers and admins say where a member works: a municipality is vouched for."""
    return reader.has_role("manager", "admin")


def may_leave_office(reader: Reader, member_id: int) -> bool:
    """Who holds the post, and those who may say where they work."""
    return reader.is_authenticated and (reader.id == member_id or may_move_member(reader))


def may_read_words(reader: Reader, letter: Letter | Row) -> bool:
    """What one member writes to another is for its recipient; whoever looks after the site sees that it went."""
    return letter.kind != PERSONAL or letter.member_id == reader.id


def may_suspend(reader: Reader) -> bool:
    """Managers and admins may."""
    return reader.has_role("manager", "admin")


def may_suspend_member(reader: Reader, member_id: int, roles: Iterable[str]) -> bool:
    """Nobody suspends themselves or somebody of a higher role; `roles` are the member's on the whole site."""
    own = max((RANKS[role] for role in RANKS if reader.has_role(role)), default=0)
    return may_suspend(reader) and reader.id != member_id and own >= max((RANKS.get(r, 0) for r in roles), default=0)


def must_have_second_step(reader: Reader) -> bool:
    """Staff may not do without one, where the site asks it of them."""
    strict = current_settings().staff_needs_second_step
    return strict and (reader.owes_second_step or holds_staff_role(reader.roles))


def holds_staff_role(roles: Iterable[tuple[str, str, int]]) -> bool:
    """Is one of these (role, scope kind, scope id) a role that needs a second step, in whatever scope?"""
    return any(role in STAFF for role, _kind, _id in roles)


def may_reset_second_step(reader: Reader, member: Member, *, is_staff: bool) -> bool:
    """Admins of the site, of everybody else; admins of a municipality, of its members who are no staff themselves.
    Whoever could take off their own would need neither phone nor paper."""
    if member.id == reader.id:
        return False
    near = ("municipality", member.municipality_id or 0)
    return reader.has_role("admin") or (not is_staff and reader.has_role("admin", scope=near))
