"""Making over: what named one account names another one of the same person."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, Index, PrimaryKeyConstraint, UniqueConstraint, delete, func, select, text, update

from forum.core.db import db
from forum.core.personal.parts import Held, Merged, Who, current_parts


def make_over(stays: Who, goes: Who) -> None:
    """In the running transaction: what is counted is counted anew, then rows move, or go where their like is there."""
    parts = tuple(reversed(current_parts()))
    for part in parts:
        part.before_merging(stays, goes)
    for held in [held for part in parts for held in part.held]:
        theirs = held.key == held.of(goes)
        if held.merged == Merged.GOES:
            db.session.execute(delete(held.table).where(theirs))
        elif held.merged == Merged.MOVES:
            for double in _doubles(held, stays):
                db.session.execute(delete(held.table).where(theirs, *double))
            db.session.execute(update(held.table).where(theirs).values({held.key: held.of(stays)}))
    db.session.expire_all()


def _doubles(held: Held, stays: Who) -> Iterator[list[ColumnElement[bool]]]:
    """For each rule of the table that allows a thing once for each member: that the one who stays has it."""
    twin = held.table.alias()
    unique = [one for one in held.table.constraints if isinstance(one, UniqueConstraint | PrimaryKeyConstraint)]
    for rule in (*unique, *(index for index in held.table.indexes if index.unique)):
        names = [column.name for column in rule.columns]
        if held.key.name not in names:
            continue
        where = rule.dialect_options["sqlite"].get("where") if isinstance(rule, Index) else None
        only = [] if where is None else [text(str(where))]  # as the index is: of the innermost table, in both places
        same = [twin.c[name] == held.table.c[name] for name in names if name != held.key.name]
        there = select(twin).where(twin.c[held.key.name] == held.of(stays), *same, *only)
        yield [there.exists(), *only]


def counts_of(who: Who) -> dict[str, int]:
    """{"table.column": number of rows that name this person}, in one statement."""
    columns = {f"{held.table.name}.{held.key.name}": held for part in current_parts() for held in part.held}
    counted = [
        select(func.count()).select_from(held.table).where(held.key == held.of(who)).scalar_subquery().label(name)
        for name, held in columns.items()
    ]
    return dict(db.session.execute(select(*counted)).mappings().one())
