"""What a feature says of the columns in its tables that name members."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from flask import Flask, current_app
from sqlalchemy import Column, Table
from sqlalchemy.orm import InstrumentedAttribute

from forum.core.reader import GUEST, Reader

Rows = Iterable[dict[str, Any]]
Contents = Iterable[tuple[str, bytes]]  # (name, what is in it)


class Erased(StrEnum):
    """What becomes of a row when the person whom it names is erased."""

    GOES = "goes"
    EMPTIED = "emptied"  # it names nobody any more
    STAYS = "stays"  # it names a member who has no name any more


class Merged(StrEnum):
    """What becomes of it when the account that it names becomes part of another one."""

    MOVES = "moves"  # it names the other one; where that one has its like already, it goes
    GOES = "goes"
    STAYS = "stays"  # what is past is not written anew


@dataclass(frozen=True)
class Who:
    """A person as tables name them: by id, or by the address of their letters. `names` are what they are called in
    texts of ours; `reader` is what they may see now."""

    id: int
    email: str
    names: Sequence[str] = ()
    reader: Reader = GUEST


@dataclass(frozen=True)
class Held:
    """A column that names a member, or holds a member's e-mail address.

    `file` of the export its rows go to; without one they are left out, and `why` says why. Columns of bytes are in no
    export, nor are those named in `without`.
    """

    column: InstrumentedAttribute[Any]
    file: str = ""
    erased: Erased = Erased.GOES
    merged: Merged = Merged.MOVES
    without: Sequence[str] = ()
    why: str = ""

    @property
    def table(self) -> Table:
        """Where it stands."""
        return self.column.parent.local_table

    @property
    def key(self) -> Column[Any]:
        """The column itself."""
        return self.table.c[self.column.property.columns[0].name]

    def of(self, who: Who) -> int | str:
        """What stands in the column for this person."""
        return who.email if self.key.type.python_type is str else who.id


def _nothing_more(_who: Who) -> Mapping[str, Rows]:
    return {}


def _nothing_whole(_who: Who) -> Contents:
    return ()


def _nothing_first(*_who: Who) -> None:
    pass


@dataclass(frozen=True)
class Part:
    """What one feature holds. `more` gives {file: rows} that the columns alone do not tell, `contents` whole files.
    `before_erasing` and `before_merging(stays, goes)` run in the transaction, before the columns are done: what has to
    be counted anew."""

    held: Sequence[Held] = ()
    more: Callable[[Who], Mapping[str, Rows]] = _nothing_more
    contents: Callable[[Who], Contents] = _nothing_whole
    before_erasing: Callable[[Who], None] = _nothing_first
    before_merging: Callable[[Who, Who], None] = _nothing_first


def init_app(app: Flask, parts: Sequence[Part]) -> None:
    """Know the parts, the lowest feature first."""
    app.extensions["personal"] = tuple(parts)


def current_parts() -> Sequence[Part]:
    """All of them."""
    parts: Sequence[Part] = current_app.extensions["personal"]
    return parts
