"""Who may do what at an event; whether one sees it at all is asked before, at the one door. `workshop`: its row, or a
row of a query."""

from datetime import datetime, timedelta
from typing import Any

from forum.attending.models import AskedState
from forum.core import clock
from forum.core.reader import Reader

BEFORE, AFTER = timedelta(minutes=30), timedelta(hours=2)
"""Doors open half an hour before the beginning; who forgot to say that they came has two hours after the end."""


def may_moderate(reader: Reader) -> bool:
    """Moderators and above hide questions, mark them answered, and note who was there."""
    return reader.is_staff


def is_over(workshop: Any) -> bool:
    """Has it ended?"""
    return workshop.ends_at < clock.now()


def takes_questions(workshop: Any) -> bool:
    """Before it and during it."""
    return workshop.cancelled_at is None and not is_over(workshop)


def may_ask(reader: Reader, workshop: Any) -> bool:
    """Every member who sees the event, until it ends."""
    return reader.is_authenticated and takes_questions(workshop)


def may_second(reader: Reader, workshop: Any, question: Any) -> bool:
    """Every member who did not ask it; what is answered needs no more voices."""
    open_one = question.state == AskedState.SHOWN and question.answered_at is None
    return may_ask(reader, workshop) and open_one and question.asker_id != reader.id


def is_asker(reader: Reader, question: Any) -> bool:
    """Did the reader ask it?"""
    return reader.is_authenticated and question.asker_id == reader.id


def may_change(reader: Reader, question: Any) -> bool:
    """Its asker, until somebody seconds or answers it. What came with a registration is changed there."""
    untouched = question.seconds == 0 and question.answered_at is None and question.state != AskedState.HIDDEN
    return is_asker(reader, question) and untouched and question.registration_id is None


def doors(workshop: Any) -> tuple[datetime, datetime]:
    """From when until when one says that one is there."""
    return workshop.starts_at - BEFORE, workshop.ends_at + AFTER


def may_arrive(reader: Reader, workshop: Any) -> bool:
    """Every member who sees the event, while its doors are open."""
    opens, closes = doors(workshop)
    is_on = workshop.cancelled_at is None and not workshop.is_date_approximate
    return reader.is_authenticated and is_on and opens <= clock.now() <= closes
