"""Giving out: everything that is held of a person, as rows that can be written as JSON."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import gevent
from sqlalchemy import LargeBinary, Table, or_, select

from forum.core.api import moment
from forum.core.db import db
from forum.core.personal.parts import Held, Who, current_parts

TOGETHER = 500  # rows between which others have their turn


def files_of(who: Who) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """(name of a file, its rows) of everything that is given out, one after the other."""
    columns: dict[tuple[str, Table], list[Held]] = defaultdict(list)
    more: dict[str, list[dict[str, Any]]] = {}
    for part in current_parts():
        for held in part.held:
            if held.file:
                columns[held.file, held.table].append(held)
        for name, rows in part.more(who).items():
            more.setdefault(name, []).extend(plain(row) for row in rows)
            gevent.sleep(0)
    names = dict.fromkeys([*(name for name, _table in columns), *more])
    for name in sorted(names):
        rows = list(more.get(name, ()))
        for (file, table), helds in columns.items():
            if file == name:
                rows += _rows(table, helds, who)
        yield name, rows


def contents_of(who: Who) -> Iterator[tuple[str, bytes]]:
    """(name, contents) of every file that is given out whole, one in memory at a time."""
    for part in current_parts():
        yield from part.contents(who)


def _rows(table: Table, helds: list[Held], who: Who) -> Iterator[dict[str, Any]]:
    without = {name for held in helds for name in held.without}
    columns = [c for c in table.c if c.name not in without and not isinstance(c.type, LargeBinary)]
    named = or_(*(held.key == held.of(who) for held in helds))
    found = db.session.execute(select(*columns).where(named).order_by(*table.primary_key.columns)).mappings()
    for some in found.partitions(TOGETHER):
        yield from (plain(row) for row in some)
        gevent.sleep(0)


def plain(row: Any) -> dict[str, Any]:
    """A row as JSON carries it: moments as text in UTC."""
    return {name: moment(value) if isinstance(value, datetime) else value for name, value in row.items()}
