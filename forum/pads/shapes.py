"""Pads as JSON."""

from typing import Any, TypedDict

from sqlalchemy import Row

from forum.core.api import Instant, NamedShape, RefusalShape, moment
from forum.members.queries.names import name_or_former
from forum.pads.queries import Desk, Notes


class PadShape(TypedDict):
    """The notes of an event: `words` are Markdown, `change` counts whatever changes, `version` the texts. `writer` has
    the pen until `pen_until`, `asker` asks for it; `mine`: the reader has it."""

    workshop: int
    words: str
    html: str
    direction: str
    version: int
    change: int
    writer: NamedShape | None
    pen_until: Instant | None
    asker: NamedShape | None
    saved_at: Instant | None
    saved_by: NamedShape | None
    may_write: bool
    mine: bool


class PadRefusalShape(RefusalShape):
    """Who was slower: both texts, and the version that `theirs` is."""

    theirs: str
    yours: str
    version: int


class PadConflictShape(TypedDict):
    """A refusal that brings both texts."""

    error: PadRefusalShape


class PadVersionShape(TypedDict):
    """What the notes said at a time; `brought_from` is the number of the older version that was brought back."""

    number: int
    began_at: Instant
    saved_at: Instant
    writer: NamedShape
    brought_from: int | None


class WrittenPadVersionShape(PadVersionShape):
    """With its words."""

    words: str


def pad_shape(workshop_id: int, desk: Desk) -> PadShape:
    """The notes, as one reader may use them."""
    notes = desk.notes
    return {
        "workshop": workshop_id,
        "words": notes.words,
        "html": notes.html,
        "direction": notes.direction,
        "version": notes.version,
        "change": notes.change,
        "writer": _named(notes.writer_id, notes.writer),
        "pen_until": moment(notes.pen_until),
        "asker": _named(notes.asker_id, notes.asker),
        "saved_at": moment(notes.saved_at),
        "saved_by": _named(notes.saved_by_id, notes.saver),
        "may_write": desk.may_write,
        "mine": desk.is_mine,
    }


def push_shape(workshop_id: int, notes: Notes, html: str) -> dict[str, Any]:
    """What the sockets carry: the part of the page that is the same for all who look on."""
    return {"workshop": workshop_id, "change": notes.change, "html": html}


def version_shape(row: Row) -> PadVersionShape:
    """A row of `versions_of`."""
    return {
        "number": row.number,
        "began_at": moment(row.began_at),
        "saved_at": moment(row.saved_at),
        "writer": {"id": row.writer_id, "name": name_or_former(row.writer)},
        "brought_from": row.brought_from,
    }


def written_version_shape(row: Row) -> WrittenPadVersionShape:
    """One of `get_version`."""
    return {**version_shape(row), "words": row.words}


def _named(id: int | None, name: str | None) -> NamedShape | None:
    return None if id is None else {"id": id, "name": name_or_former(name or "")}
