"""The visibility door for one space whose row is at hand; its twin for whole lists is `queries.visible_to`."""

from forum.core.reader import Reader
from forum.spaces.models import SpaceKind


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
    return kind in (SpaceKind.PARTICIPANTS, SpaceKind.PRIVATE) and belongs


def may_manage_spaces(reader: Reader) -> bool:
    """Managers and admins open spaces and say who belongs to them."""
    return reader.has_role("manager", "admin")
