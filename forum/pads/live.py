"""Sockets: one room per event and interface language. However fast somebody types, a pad is pushed once a second."""

import time
from collections.abc import Collection
from typing import Any

import gevent
from gevent.monkey import is_module_patched

from forum.core.errors import NotFound
from forum.core.languages import LANGUAGES
from forum.core.live import Connection, Live, current_live, language_in, whole_in
from forum.core.reader import Reader
from forum.pads import queries
from forum.pads.events import PadChanged
from forum.pads.fragments import fragment
from forum.pads.rules import WORKSHOP
from forum.pads.shapes import push_shape
from forum.spaces.models import SpaceKind
from forum.spaces.queries import who_may_read
from forum.workshops.queries import find_space_of, get_workshop

EVERY = 1.0  # seconds between two pushes of one pad
MOST_KNOWN = 1_000  # pads whose last push is remembered

_pushed: dict[int, float] = {}  # {pad: when, by the monotonic clock}
_waiting: set[int] = set()


def answer(live: Live) -> None:
    """Take part in the sockets."""
    live.on("pad:join", join)
    live.on("pad:leave", leave)
    live.check("pad", who_may_stay)


def join(reader: Reader, connection: Connection, payload: dict[str, Any]) -> dict[str, Any]:
    """Watch the notes of an event; the answer says which change they have now."""
    workshop_id, language = whole_in(payload, "workshop", least=1), language_in(payload, connection)
    live = current_live()
    try:
        get_workshop(workshop_id, reader=reader, language=language)
    except NotFound:
        _leave(connection, workshop_id)
        raise
    live.join(connection, _room(workshop_id, language), kind="pad", id=workshop_id)
    return {"ok": True, "change": queries.notes_of(WORKSHOP, workshop_id).change}


def leave(_reader: Reader, connection: Connection, payload: dict[str, Any]) -> dict[str, Any]:
    """Watch them no more."""
    _leave(connection, whole_in(payload, "workshop", least=1))
    return {"ok": True}


def who_may_stay(workshop_id: int, member_ids: Collection[int]) -> tuple[bool, Collection[int]]:
    """(guests too?, the members among these who may see the event)."""
    space = find_space_of(workshop_id)
    if space is None:
        return False, ()
    return space.kind == SpaceKind.PUBLIC, set(who_may_read(space.id, member_ids))


def announce_pad(happened: PadChanged) -> None:
    """At once, or at the end of the second: what it says, and who writes."""
    pad_id = happened.pad_id
    due = _pushed.get(pad_id, 0.0) + EVERY - time.monotonic()
    if due <= 0 or not is_module_patched("threading"):
        _push(pad_id)
    elif pad_id not in _waiting:
        _waiting.add(pad_id)
        gevent.spawn_later(due, _push_later, current_live(), pad_id)


def _push_later(live: Live, pad_id: int) -> None:
    _waiting.discard(pad_id)
    with live.app.app_context():
        _push(pad_id)


def _push(pad_id: int) -> None:
    if len(_pushed) > MOST_KNOWN:
        _pushed.clear()
    _pushed[pad_id] = time.monotonic()
    kind, workshop_id = queries.subject_of(pad_id)
    live, room = current_live(), f"pad:{workshop_id}"
    watched = live.watched_languages(room)
    notes = queries.notes_of(kind, workshop_id) if watched else queries.Notes()
    for language in watched:
        html = fragment(notes, language=language)
        live.send(_room(workshop_id, language), "pad:changed", push_shape(workshop_id, notes, html))


def _leave(connection: Connection, workshop_id: int) -> None:
    for language in LANGUAGES:
        current_live().leave(connection, _room(workshop_id, language))


def _room(workshop_id: int, language: str) -> str:
    return f"pad:{workshop_id}:{language}"
