"""Tables that were handed in: taken, read otherwise, thrown away."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, insert, select

from forum.core import audit, clock
from forum.core.db import db
from forum.core.errors import Conflict, Forbidden, Invalid
from forum.core.languages import LANGUAGES, clean_line
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.joining import queries, rules
from forum.joining.actions.importing.columns import FIELDS, guess
from forum.joining.actions.importing.planning import Planned, Wishes, plan
from forum.joining.models import Import, ImportLine, ImportState
from forum.municipalities import queries as municipalities

FORGET = timedelta(days=30)


def take_table(rows: Sequence[Sequence[str]], *, name: str, language: str, by: Reader) -> tuple[int, bool]:
    """Keep a table that was read, with what would happen to each line. (its id, was it here before): the same table
    handed in twice is one."""
    check_rights(by)
    same = hashlib.sha256(json.dumps([list(row) for row in rows]).encode()).hexdigest()
    before = queries.find_import_of(same)
    if before is not None:
        return before.id, True
    columns, has_heading = guess(rows)
    wishes = Wishes(columns, None, language)
    lines = list(enumerate(rows, start=1))[has_heading:]
    table = Import(
        state=ImportState.READ,
        by_id=by.id,
        name=clean_line(name)[:120],
        same=same,
        heading=list(rows[0]) if has_heading else [],
        width=max(map(len, rows)),
        columns=columns,
        language=language,
        towns={},
        created_at=clock.now(),
    )
    db.session.add(table)
    db.session.flush()
    _write(table, lines, plan(lines, wishes))
    audit.note("member list read", actor_id=by.id, subject=("import", table.id), lines=len(lines))
    return table.id, False


def change_columns(
    table: Import,
    *,
    columns: Mapping[str, int],
    municipality_id: int | None,
    language: str,
    towns: Mapping[str, int],
    by: Reader,
) -> None:
    """Read it otherwise: which column holds what, what holds where a line says nothing, which municipality is meant."""
    check_rights(by)
    wrong: dict[str, str] = {}
    if "email" not in columns:
        wrong["column_email"] = _("One column must hold the e-mail addresses.")
    if "name" not in columns:
        wrong["column_name"] = _("One column must hold the names.")
    used = list(columns.values())
    for field, column in columns.items():
        if used.count(column) > 1:
            wrong[f"column_{field}"] = _("Two of these name the same column.")
    if language not in LANGUAGES:
        wrong["language"] = _("Choose one of the four languages.")
    meant = [*towns.values(), *([municipality_id] if municipality_id else [])]
    if not all(map(municipalities.is_known, set(meant))):
        wrong["municipality"] = _("Please choose a municipality from the list.")
    if wrong:
        raise Invalid(fields=wrong)
    check_open(table)
    table.columns = {field: column for field, column in columns.items() if field in FIELDS}
    table.municipality_id, table.language, table.towns = municipality_id, language, dict(towns)
    look_again(table)


def look_again(table: Import) -> None:
    """What would happen now: others may have joined since."""
    rows = db.session.execute(
        select(ImportLine.number, ImportLine.cells).where(ImportLine.import_id == table.id).order_by(ImportLine.number)
    )
    lines = [(row.number, row.cells) for row in rows]
    planned = plan(lines, Wishes(table.columns, table.municipality_id, table.language, table.towns))
    db.session.execute(delete(ImportLine).where(ImportLine.import_id == table.id))
    _write(table, lines, planned)


def _write(table: Import, lines: Sequence[tuple[int, Sequence[str]]], planned: Sequence[Planned]) -> None:
    cells = dict(lines)
    rows: list[dict[str, Any]] = [
        {"import_id": table.id, "cells": list(cells[one.number]), **vars(one), "invitation_id": None} for one in planned
    ]
    if rows:
        db.session.execute(insert(ImportLine), rows)


def discard(table: Import, *, by: Reader) -> None:
    """It is not wanted; one that was carried in stays, as long as all do."""
    check_rights(by)
    check_open(table)
    audit.note("member list thrown away", actor_id=by.id, subject=("import", table.id))
    db.session.execute(delete(ImportLine).where(ImportLine.import_id == table.id))
    db.session.delete(table)


def check_rights(by: Reader) -> None:
    """Raise Forbidden."""
    if not rules.may_import(by):
        raise Forbidden


def check_open(table: Import) -> None:
    """Raise Conflict for one that is being carried in, or was."""
    db.session.refresh(table, with_for_update=True)
    if table.state != ImportState.READ:
        raise Conflict(_("This list is being carried in already, or was."))


def forget_imports() -> None:
    """Clock: lists are forgotten after a month, with all addresses in them."""
    old = select(Import.id).where(Import.created_at < clock.now() - FORGET)
    db.session.execute(delete(ImportLine).where(ImportLine.import_id.in_(old)))
    db.session.execute(delete(Import).where(Import.created_at < clock.now() - FORGET))
