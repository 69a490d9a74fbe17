"""How many SQL statements something takes."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from sqlalchemy import event

from forum.core.db import db
from forum.core.prepared import Prepared

NOT_COUNTED = ("BEGIN", "PRAGMA", "SAVEPOINT", "RELEASE", "ROLLBACK", "COMMIT")


@dataclass
class Counted:
    """What was asked of the database."""

    said: list[str] = field(default_factory=list)

    @property
    def number(self) -> int:
        """How many statements."""
        return len(self.said)


@contextmanager
def statements(app: Flask) -> Iterator[Counted]:
    """`with statements(app) as counted: …; assert counted.number == 3`."""
    counted = Counted()
    with app.app_context():
        engine = db.engine

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if not statement.lstrip().upper().startswith(NOT_COUNTED):
            counted.said.append(statement)

    find = Prepared.find  # goes straight to the driver, past SQLAlchemy's events

    def note_and_find(prepared: Prepared, **values: Any) -> Any:
        counted.said.append(prepared._sql)
        return find(prepared, **values)

    event.listen(engine, "before_cursor_execute", note)
    Prepared.find = note_and_find
    try:
        yield counted
    finally:
        Prepared.find = find
        event.remove(engine, "before_cursor_execute", note)
