"""Who may do what with the notes of a subject."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from forum.core.reader import Reader
from forum.spaces.rules import may_read_space

WORKSHOP = "workshop"  # the kind of subject that events are
WAITING = timedelta(minutes=3)  # so long a pen that nobody holds is kept for who asked for it


class PenSeen(Protocol):
    """What is asked of a pad, or of a row of it."""

    writer_id: int | None
    pen_until: datetime | None
    asker_id: int | None
    asked_at: datetime | None


class WorkshopSeen(Protocol):
    """What is asked of a row of `workshops.queries`."""

    id: int
    space_kind: str
    belongs: bool


@dataclass(frozen=True)
class Subject:
    """What notes are taken of, as one reader stands to it. Faces make it behind the subject's own door."""

    kind: str
    id: int
    space_kind: str
    belongs: bool
    takes_part: bool  # have they a place at it?

    @classmethod
    def of_workshop(cls, workshop: WorkshopSeen, *, takes_part: bool) -> "Subject":
        """An event."""
        return cls(WORKSHOP, workshop.id, workshop.space_kind, workshop.belongs, takes_part)


def may_read(reader: Reader, subject: Subject) -> bool:
    """Whoever may read the event."""
    return may_read_space(reader, subject.space_kind, belongs=subject.belongs)


def may_write(reader: Reader, subject: Subject) -> bool:
    """Who has a place at the event, and staff, where they may read."""
    return reader.is_authenticated and may_read(reader, subject) and (subject.takes_part or reader.is_staff)


def may_manage(reader: Reader, subject: Subject) -> bool:
    """Staff take the pen from whoever has it, and bring older versions back."""
    return reader.is_staff and may_read(reader, subject)


def is_held(pad: PenSeen, now: datetime) -> bool:
    """Does somebody write?"""
    return pad.writer_id is not None and pad.pen_until is not None and pad.pen_until > now


def is_asked(pad: PenSeen, now: datetime) -> bool:
    """Does somebody wait for the pen? Who asked while another wrote waits as long as that takes, and a while longer."""
    if pad.asker_id is None or pad.asked_at is None:
        return False
    return is_held(pad, now) or max(pad.asked_at, pad.pen_until or pad.asked_at) + WAITING > now
