"""The visibility door for one space whose row is at hand; its twin for whole lists is `queries.visible_to`."""

from forum.core.reader import Reader
from forum.spaces.models import Joining, SpaceKind

BY_MEMBERSHIP = (SpaceKind.PARTICIPANTS, SpaceKind.PRIVATE)  # kinds that open to those who belong


def may_read_space(reader: Reader, kind: str, *, belongs: bool) -> bool:
    """May the reader see what is in a space of this kind? `belongs`: is there a membership row?"""
    if kind == SpaceKind.PUBLIC:
        return True
    if reader.is_anonymous:
        return False
    if kind == SpaceKind.MEMBERS:
        return True
    if kind == SpaceKind.STAFF:
        return reader.is_staff
    return kind in BY_MEMBERSHIP and belongs


def may_know_space(reader: Reader, kind: str, *, joining: str, belongs: bool) -> bool:
    """May the reader know that the space is there, and its name? Managers keep all of them; members also see those that
    they may ask to join. What is in it is `may_read_space`'s to say."""
    if may_read_space(reader, kind, belongs=belongs) or may_manage_spaces(reader):
        return True
    return reader.is_authenticated and may_be_asked(kind, joining)


def may_be_asked(kind: str, joining: str) -> bool:
    """Does the space take requests?"""
    return kind in BY_MEMBERSHIP and joining == Joining.REQUEST


def may_leave(reader: Reader, member_id: int) -> bool:
    """Everybody may go; managers say who else belongs."""
    return reader.id == member_id or may_manage_spaces(reader)


def may_manage_spaces(reader: Reader) -> bool:
    """Managers and admins open spaces and say who belongs to them."""
    return reader.has_role("manager", "admin")
