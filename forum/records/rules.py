"""Who may do what with records; who sees the event is asked of its space."""

from datetime import datetime

from forum.core.reader import Reader
from forum.records.models import Record
from forum.workshops.rules import may_manage_workshops


def may_keep_records(reader: Reader) -> bool:
    """Managers and admins, where they may read."""
    return may_manage_workshops(reader)


def may_see_record(reader: Reader, record: Record, *, was_there: bool) -> bool:
    """What is published, whoever sees the event; before that who was there, and who keeps it."""
    return record.published_at is not None or may_keep_records(reader) or (reader.is_authenticated and was_there)


def may_correct(reader: Reader, record: Record, *, was_there: bool, now: datetime) -> bool:
    """Who was there, and who keeps it, while it is open."""
    knows = was_there or may_keep_records(reader)
    return reader.is_authenticated and knows and is_open(record, now)


def is_open(record: Record, now: datetime) -> bool:
    """Does it take corrections?"""
    return record.published_at is None and now < record.open_until
