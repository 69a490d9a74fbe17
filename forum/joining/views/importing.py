"""An old list of members: handed in, looked at line by line, carried in; then, if a manager says so, its letters."""

from flask import Response, flash, redirect, render_template, request, url_for
from sqlalchemy import Row
from werkzeug.wrappers import Response as BaseResponse

from forum.core import clock
from forum.core.db import transaction
from forum.core.door import reader_who
from forum.core.errors import Refused
from forum.core.languages import current_speech
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.core.sheets import sheet
from forum.core.web import never_kept
from forum.joining import queries
from forum.joining.actions import importing
from forum.joining.actions.importing.reading import read_table
from forum.joining.forms import ColumnsForm, TableForm, WayForm, outcome_words
from forum.joining.models import Import, ImportState, Outcome
from forum.joining.rules import may_import
from forum.joining.views.blueprint import pages


def importer() -> Reader:
    """The manager who asks; raises SignInNeeded or Forbidden."""
    return reader_who(may_import)


@pages.get("/imports")
def imports() -> str:
    """The form, and the lists of the last month."""
    importer()
    return _start_page(TableForm(data={"language": current_speech().locale}))


def _start_page(form: TableForm, refused: Refused | None = None) -> str:
    return render_template(
        "joining/imports.html",
        form=form,
        refused=refused,
        imports=queries.imports(),
        waiting=queries.count_waiting(),
        now=clock.now(),
    )


@pages.post("/imports")
def take_table() -> BaseResponse | tuple[str, int]:
    """Read a file or what was pasted; nothing happens yet."""
    reader, form, file = importer(), TableForm.sent(), request.files.get("file")
    given: bytes | str = file.read() if file and file.filename else form.table.data or ""
    try:
        form.check()
        id, was_here = read_and_keep(given, name=(file and file.filename) or "", form=form, reader=reader)
    except Refused as refused:
        form.take(refused)
        return _start_page(form, refused), refused.status
    if was_here:
        flash(_("This list was handed in before. Here is what became of it."))
    return redirect(url_for("joining.show_import", import_id=id), 303)


def read_and_keep(given: bytes | str, *, name: str, form: TableForm, reader: Reader) -> tuple[int, bool]:
    """Read a table and keep it, for page and API alike: (its id, was it here before)."""
    rows = read_table(given)
    with transaction():
        return importing.take_table(rows, name=name, language=form.language.data or "en", by=reader)


@pages.get("/imports/<id:import_id>")
def show_import(import_id: int) -> BaseResponse:
    """What would happen to each line, or what did; `?show=` one kind of line, `?cursor=`."""
    importer()
    table = queries.get_import(import_id)
    return never_kept(_page(table, ColumnsForm.of_table(table)))


def _page(table: Import, form: ColumnsForm, refused: Refused | None = None) -> str:
    show, language = request.args.get("show", ""), current_speech().locale
    outcome = Outcome(show) if show in list(Outcome) else None
    lines = queries.import_lines(table.id, language, outcome=outcome, cursor=request.args.get("cursor"))
    return render_template(
        "joining/import.html",
        table=table,
        form=form,
        way=WayForm(),
        refused=refused,
        counts=queries.count_outcomes(table.id),
        words=outcome_words(),
        unknown=queries.unknown_towns(table.id) if table.state == ImportState.READ else [],
        show=outcome,
        lines=lines,
    )


@pages.put("/imports/<id:import_id>/columns")
def change_columns(import_id: int) -> BaseResponse | tuple[str, int]:
    """Read it otherwise."""
    reader, table = importer(), queries.get_import(import_id)
    form = ColumnsForm.of_table(table, sent=True)
    try:
        read_otherwise(table, form, reader)
    except Refused as refused:
        form.take(refused)
        return _page(table, form, refused), refused.status
    return redirect(url_for("joining.show_import", import_id=import_id), 303)


def read_otherwise(table: Import, form: ColumnsForm, reader: Reader) -> None:
    """Read it otherwise, for page and API alike."""
    form.check()
    with transaction():
        importing.change_columns(queries.get_import(table.id), **form.asked(), by=reader)


@pages.put("/imports/<id:import_id>/start")
def start_import(import_id: int) -> BaseResponse | tuple[str, int]:
    """Carry it in, in the background."""
    reader, table, form = importer(), queries.get_import(import_id), WayForm.sent()
    try:
        form.check()
        with transaction():
            importing.start(queries.get_import(table.id), way=form.way.data or "", by=reader)
    except Refused as refused:
        return _page(table, ColumnsForm.of_table(table), refused), refused.status
    flash(_("The list is being carried in. You may leave this page."))
    return redirect(url_for("joining.show_import", import_id=import_id), 303)


@pages.put("/imports/<id:import_id>/letters")
def send_letters(import_id: int) -> BaseResponse:
    """The second choice."""
    reader = importer()
    with transaction():
        importing.send_letters(queries.get_import(import_id), by=reader)
    flash(_("The letters are on their way."))
    return redirect(url_for("joining.show_import", import_id=import_id), 303)


@pages.delete("/imports/<id:import_id>")
def discard_import(import_id: int) -> BaseResponse:
    """It is not wanted."""
    reader = importer()
    with transaction():
        importing.discard(queries.get_import(import_id), by=reader)
    flash(_("The list is thrown away."))
    return redirect(url_for("joining.imports"), 303)


@pages.get("/imports/<id:import_id>/refused.csv")
def refused_lines(import_id: int) -> Response:
    """What was left out, as it came, with the reason: to be mended and handed in again."""
    importer()
    table = queries.get_import(import_id)
    words, rows = outcome_words(), queries.refused_lines(table.id)
    heading = [[*table.heading, _("Line"), _("Reason")]] if table.heading else []
    response = Response(sheet([*heading, *(_row(row, words) for row in rows)]), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="refused-{import_id}.csv"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _row(row: Row, words: dict[str, str]) -> list[str | int]:
    return [*row.cells, row.number, words[row.outcome]]
