"""Who may do what with registrations; whether one sees the workshop at all is asked before, at the one door."""

from typing import Any

from forum.core import clock
from forum.core.reader import Reader
from forum.workshops.models import Workshop
from forum.workshops.rules import may_manage_workshops


def may_see_registrations(reader: Reader) -> bool:
    """Who announces workshops sees who comes."""
    return may_manage_workshops(reader)


def is_over(workshop: Any) -> bool:
    """Is it too late to answer, or called off? `workshop`: its row, or a row of a query."""
    return workshop.cancelled_at is not None or workshop.ends_at < clock.now()


def schedule_of(workshop: Workshop) -> int:
    """What a letter of this moment says of its times, as `told_schedule` keeps it: below zero, that there are none."""
    return -workshop.schedule if workshop.cancelled_at is not None else workshop.schedule
