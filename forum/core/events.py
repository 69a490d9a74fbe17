"""Facts: what happened, told by the action that did it.

`record(PostAdded(7))` writes an outbox row in the same transaction. `wiring` says who hears of it: TOGETHER inside the
transaction, AT_ONCE in this process after the commit, LATER through the job library, at least once.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, TypeVar, dataclass_transform

from flask import Flask, current_app
from sqlalchemy import JSON, String, insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from forum.core import clock
from forum.core.db import Id, Moment, after_commit, before_commit, db, run

Listener = Callable[[Any], None]
Listeners = Mapping[type, Sequence[Listener]]
Kind = TypeVar("Kind", bound=type)

log = logging.getLogger(__name__)
_kinds: dict[str, type] = {}


@dataclass_transform(frozen_default=True)
def fact(kind: Kind) -> Kind:
    """Make a class a fact: frozen, ids only, known by its name. `version` grows when its fields change."""
    made = dataclass(frozen=True, slots=True)(kind)
    _kinds[made.__name__] = made
    return made


class OutboxRow(db.Model):
    """One fact on its way to those who hear of it later."""

    __tablename__ = "outbox"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    version: Mapped[int]
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    recorded_at: Mapped[datetime] = mapped_column(Moment)
    handed_at: Mapped[datetime | None] = mapped_column(Moment, index=True)

    def fact(self) -> Any:
        """The fact again; a name that this release does not know raises KeyError and the job is parked."""
        return _kinds[self.name](**self.payload)


@dataclass
class _Wires:
    together: Listeners
    at_once: Listeners
    later: Listeners
    hand_over: Callable[[list[int]], None]


def record(happened: Any) -> None:
    """Tell a fact from inside a transaction."""
    session = db.session()
    session.info.setdefault("facts", []).append(happened)


def later_listeners(kind: type) -> Sequence[Listener]:
    """Who hears later of this kind of fact."""
    return _wires().later.get(kind, ())


def init_app(
    app: Flask, *, together: Listeners, at_once: Listeners, later: Listeners, hand_over: Callable[[list[int]], None]
) -> None:
    """Connect the facts to their listeners; `hand_over(ids)` gives outbox rows to the job library."""
    app.extensions["facts"] = _Wires(together, at_once, later, hand_over)


def _wires() -> _Wires:
    return current_app.extensions["facts"]


@before_commit
def _write_outbox(session: Session) -> None:
    wires, done = _wires(), 0
    for_later = []
    while done < len(facts := session.info.get("facts", [])):  # a listener may record facts of its own
        happened = facts[done]
        done += 1
        for listener in wires.together.get(type(happened), ()):
            listener(happened)
        if type(happened) in wires.later:
            for_later.append(happened)
    session.flush()
    session.info["outbox"] = [_write(happened) for happened in for_later]


_add_row = insert(OutboxRow).returning(OutboxRow.id)


def _write(happened: Any) -> int:
    name, version = type(happened).__name__, getattr(type(happened), "version", 1)
    row = run(_add_row, name=name, version=version, payload=asdict(happened), recorded_at=clock.now())
    return row.scalar_one()


@after_commit
def _tell(session: Session) -> None:
    facts, ids = session.info.pop("facts", []), session.info.pop("outbox", [])
    wires = _wires()
    for happened in dict.fromkeys(facts):  # once, however often it was told
        for listener in wires.at_once.get(type(happened), ()):
            try:
                listener(happened)
            except Exception:
                session.rollback()
                log.exception("at once: %s failed for %r", listener.__name__, happened)
    if ids:
        wires.hand_over(ids)
