"""Who may do what with workshops; who may see one is asked of its space."""

from forum.core.reader import Reader
from forum.spaces.models import SpaceKind

AUDIENCES = (SpaceKind.PUBLIC, SpaceKind.MEMBERS, SpaceKind.PARTICIPANTS, SpaceKind.STAFF)


def may_manage_workshops(reader: Reader) -> bool:
    """Managers and admins announce them."""
    return reader.has_role("manager", "admin")


def may_have_audience(space_kind: str, kind: str) -> bool:
    """May topics of a workshop whose page is in a space of the first kind be read by the second? Never by more people
    than the page: its title stands beside them."""
    if kind not in AUDIENCES or space_kind not in (SpaceKind.PUBLIC, SpaceKind.MEMBERS):
        return False
    return kind != SpaceKind.PUBLIC or space_kind == SpaceKind.PUBLIC
