"""Records as JSON."""

from datetime import datetime
from typing import TypedDict

from sqlalchemy import Row

from forum.core.api import Instant, NamedShape, moment
from forum.members.queries.names import name_or_former
from forum.records.models import Correction, CorrectionState, Record, RecordKind
from forum.records.rules import is_open


class RecordShape(TypedDict):
    """A record; `open`: those who were there may correct it, until `open_until`."""

    id: int
    workshop: int
    language: str
    kind: RecordKind
    open: bool
    open_until: Instant
    published_at: Instant | None


class RecordLineShape(TypedDict):
    """A line; `starts_ms` from the beginning, null where nobody knows."""

    number: int
    starts_ms: int | None
    speaker: str
    words: str


class CorrectionShape(TypedDict):
    """The reader's own correction; the line's own words as a correction take it back."""

    id: int
    words: str
    state: CorrectionState


class WaitingCorrectionShape(TypedDict):
    """A correction that waits: the line's number, what it says, and what it should say."""

    id: int
    number: int
    now: str
    words: str
    proposer: NamedShape


def record_shape(record: Record, now: datetime) -> RecordShape:
    """A record."""
    return {
        "id": record.id,
        "workshop": record.workshop_id,
        "language": record.language,
        "kind": record.kind,
        "open": is_open(record, now),
        "open_until": moment(record.open_until),
        "published_at": moment(record.published_at),
    }


def line_shape(line: Row) -> RecordLineShape:
    """A row of `lines_of`."""
    return {"number": line.number, "starts_ms": line.starts_ms, "speaker": line.speaker, "words": line.words}


def correction_shape(correction: Correction) -> CorrectionShape:
    """One's own."""
    return {"id": correction.id, "words": correction.words, "state": correction.state}


def waiting_shape(row: Row) -> WaitingCorrectionShape:
    """A row of `waiting`."""
    return {
        "id": row.id,
        "number": row.number,
        "now": row.now,
        "words": row.words,
        "proposer": {"id": row.proposer_id, "name": name_or_former(row.proposer)},
    }
