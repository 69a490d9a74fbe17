"""Records as JSON."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypedDict

from sqlalchemy import Row

from forum.core.api import Instant, NamedShape, moment
from forum.members.queries.names import name_or_former
from forum.records.models import Correction, CorrectionState, Record, RecordKind
from forum.records.rules import is_open

LONGEST_CAPTION = 8000  # milliseconds


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


def webvtt_of(lines: Sequence[Row]) -> str:
    """Rows of `captions_of` as WebVTT: each stands until a later one begins, eight seconds at most."""
    cues: list[str] = []
    later = begins = lines[-1].starts_ms + LONGEST_CAPTION
    for line in reversed(lines):
        if line.starts_ms < begins:
            later, begins = begins, line.starts_ms
        until = min(later, begins + LONGEST_CAPTION)
        voice = f"<v {_cue(line.speaker)}>" if line.speaker else ""
        cues.append(f"{_timestamp(begins)} --> {_timestamp(until)}\n{voice}{_cue(line.words)}")
    return "\n\n".join(["WEBVTT", *reversed(cues)]) + "\n"


def _timestamp(milliseconds: int) -> str:
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"


def _cue(words: str) -> str:
    """Words in which a player sees nothing: `>` too, or an arrow would begin another cue."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
