"""Who may do what with registrations; whether one sees the workshop at all is asked before, at the one door."""

from typing import Any

from forum.core import clock
from forum.core.reader import Reader
from forum.workshops.rules import may_manage_workshops


def may_see_registrations(reader: Reader) -> bool:
    """Who announces workshops sees who comes."""
    return may_manage_workshops(reader)


def is_over(workshop: Any) -> bool:
    """Is it too late to answer? `workshop`: its row, or a row of a query."""
    return workshop.ends_at < clock.now()
