"""Paging by keyset: a page begins behind the last row of the one before, so page 1,000 costs what the first does."""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import Row, Select, literal, tuple_
from sqlalchemy.sql import ColumnElement

from forum.core.db import Moment, db
from forum.core.errors import NotFound

Item = TypeVar("Item")


@dataclass(frozen=True)
class Page(Generic[Item]):
    """Some items and the cursor of the next page, None on the last."""

    items: Sequence[Item]
    next: str | None


def page_of(
    query: Select[Any], keys: Sequence[ColumnElement[Any]], *, cursor: str | None, size: int, descending: bool = False
) -> Page[Row[Any]]:
    """Read one page of `query`, ordered by `keys` (the last of them unique). The keys must be among its columns.

    Raises NotFound when the cursor is not one of ours.
    """
    if cursor:
        kinds = [key.type for key in keys]
        values = tuple_(*(literal(v, kind) for v, kind in zip(_decode(cursor, kinds), kinds, strict=True)))
        query = query.where(tuple_(*keys) < values if descending else tuple_(*keys) > values)
    order = [key.desc() if descending else key.asc() for key in keys]
    rows = db.session.execute(query.order_by(*order).limit(size + 1)).all()
    if len(rows) <= size:
        return Page(rows, None)
    names = [key.key for key in keys]
    return Page(rows[:size], _encode([getattr(rows[size - 1], name) for name in names]))


def map_page(page: Page[Any], make: Callable[[Any], Item]) -> Page[Item]:
    """The same page with each item made into something else."""
    return Page([make(item) for item in page.items], page.next)


def _encode(values: Sequence[Any]) -> str:
    plain = [v.timestamp() if isinstance(v, datetime) else v for v in values]
    return base64.urlsafe_b64encode(json.dumps(plain, separators=(",", ":")).encode()).rstrip(b"=").decode()


def _decode(cursor: str, kinds: Sequence[Any]) -> list[Any]:
    try:
        raw = base64.urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4))
        values = json.loads(raw)
        if len(cursor) > 500 or not isinstance(values, list) or len(values) != len(kinds):
            raise ValueError
        return [_typed(value, kind) for value, kind in zip(values, kinds, strict=True)]
    except (ValueError, TypeError, OverflowError, OSError, RecursionError, binascii.Error):
        raise NotFound from None


def _typed(value: Any, kind: Any) -> Any:
    if isinstance(kind, Moment):
        return datetime.fromtimestamp(float(value), UTC)
    expected = kind.python_type
    if type(value) is not expected or (expected is int and abs(value) > 2**62):
        raise ValueError
    if expected is str and "\x00" in value:
        raise ValueError
    if expected is str:
        value.encode()  # half of a surrogate pair is a ValueError too
    return value
