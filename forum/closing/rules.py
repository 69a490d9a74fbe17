"""Who may close events, and when. `workshop`: its row, or a row of a query."""

from typing import Any

from forum.core import clock
from forum.core.reader import Reader
from forum.spaces.models import SpaceKind
from forum.workshops.rules import may_manage_workshops


def may_close(reader: Reader) -> bool:
    """Managers and admins, where they may read."""
    return may_manage_workshops(reader)


def may_read_withdrawn(reader: Reader) -> bool:
    """Earlier texts that are out of sight: who may let them be read again."""
    return may_close(reader)


def is_over(workshop: Any) -> bool:
    """Has it ended?"""
    return workshop.ends_at <= clock.now()


def reads_all(of_topic: tuple[int, str], of_workshop: tuple[int, str]) -> bool:
    """Do all who see the event read a topic in this space? Each is (id, kind) of a space."""
    (space_id, kind), (own_id, own_kind) = of_topic, of_workshop
    return (
        kind == SpaceKind.PUBLIC or space_id == own_id or (kind == SpaceKind.MEMBERS and own_kind != SpaceKind.PUBLIC)
    )
