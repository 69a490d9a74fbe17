"""Who may do what with calls and applications; who sees the event is asked of its space."""

from typing import Any

from forum.applying.models import Call, Candidacy
from forum.core import clock
from forum.core.reader import Reader
from forum.registering.rules import is_over
from forum.workshops.rules import may_manage_workshops


def may_run_calls(reader: Reader, *, own: Candidacy | None) -> bool:
    """Managers, but not of a call to which they applied themselves: they would read what is thought of them."""
    return may_manage_workshops(reader) and own is None


def is_open(call: Any, workshop: Any) -> bool:
    """Does it take applications now? Both: rows, or rows of a query."""
    return clock.now() < call.closes_at and call.told_at is None and not is_over(workshop)


def may_apply(reader: Reader) -> bool:
    """Who belongs to a municipality."""
    return reader.is_authenticated and reader.municipality_id is not None


def may_review(reader: Reader, candidacy: Candidacy) -> bool:
    """Never their own, nor one of their own municipality; whether it was given to them is asked of the reviews."""
    return reader.id != candidacy.member_id and reader.municipality_id != candidacy.municipality_id


def is_decidable(call: Call) -> bool:
    """Is it time to decide: closed, and nobody is told yet?"""
    return call.closes_at <= clock.now() and call.told_at is None
