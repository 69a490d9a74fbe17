"""Who may have a file: its owner, and whoever may see something that uses it."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from sqlalchemy import and_, exists, false, or_
from sqlalchemy.orm import Mapped
from sqlalchemy.sql import ColumnElement

from forum.core.reader import Reader
from forum.files.models import File, FileUse

Rule = Callable[[Reader, ColumnElement[int]], ColumnElement[bool]]
Sparing = Callable[[ColumnElement[int], ColumnElement[int]], ColumnElement[bool]]

SUBJECTS: dict[str, Rule] = {}
"""{kind of subject: may this reader see the one with this id}; wiring fills it."""

LASTING: set[str] = set()
"""The kinds of subjects whose files are everybody's for good: browsers need not ask each time. Wiring fills it."""

SPARED: list[Sparing] = []
"""(owner's id, file's id): is this unused upload still wanted? Wiring fills it."""


class Shelf(Protocol):
    """A table above whose bytes lie in the same storage, under no member's name."""

    id: Mapped[int]
    key: Mapped[str]
    size: Mapped[int]
    removed_at: Mapped[datetime | None]


SHELVES: list[type[Shelf]] = []
"""What else lies in the storage; wiring fills it."""


def open_to(reader: Reader) -> ColumnElement[bool]:
    """For a query of files: does something use the file that the reader may see?"""
    ways = [
        and_(FileUse.subject_kind == kind, rule(reader, FileUse.subject_id)) for kind, rule in sorted(SUBJECTS.items())
    ]
    return exists().where(FileUse.file_id == File.id, FileUse.is_current, or_(false(), *ways))


def may_have(reader: Reader) -> ColumnElement[bool]:
    """The one door of files."""
    own = File.owner_id == reader.id if reader.id is not None else false()
    return and_(File.removed_at.is_(None), or_(own, open_to(reader)))
