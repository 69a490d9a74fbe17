"""The desk of managers: all applications, the balance, proposals, telling everybody."""

import re
from collections.abc import Iterator

from flask import Response, flash, redirect, render_template, request, url_for
from sqlalchemy import Row
from werkzeug.wrappers import Response as BaseResponse

from forum.applying import actions, queries, rules
from forum.applying.forms import DecisionForm
from forum.applying.models import Decision
from forum.applying.shapes import candidacy_sheet
from forum.applying.views.blueprint import managed, pages
from forum.core import clock
from forum.core.db import transaction
from forum.core.errors import Invalid, Refused
from forum.core.languages import current_speech, ngettext
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.registering.queries import capacity_of
from forum.workshops.queries import get_row

_FIELD = re.compile(r"was-([1-9][0-9]{0,15})")


@pages.get("/workshops/<id:workshop_id>/applications")
def applications(workshop_id: int) -> str:
    """All of them, the most points first, each with what is proposed."""
    workshop, reader = managed(workshop_id)
    return _page(workshop, reader)


def _page(workshop: Row, reader: Reader, refused: Refused | None = None) -> str:
    language, cursor = current_speech().locale, request.args.get("cursor")
    call = queries.get_call(workshop.id)
    return render_template(
        "applying/applications.html",
        workshop=workshop,
        call=call,
        page=queries.candidacies(workshop.id, reader, language, cursor=cursor),
        most=sum(one.most for one in queries.criteria_of(workshop.id, language)),
        total=queries.balance_of(workshop.id, language).total,
        seats=capacity_of(workshop.id),
        decidable=rules.is_decidable(call),
        choices=[(one.value, one.label) for one in DecisionForm().decision.choices],
        cursor=cursor,
        refused=refused,
        sent=request.form if refused else {},
        now=clock.now(),
    )


@pages.get("/workshops/<id:workshop_id>/applications.csv")
def applications_table(workshop_id: int) -> Response:
    """For a spreadsheet; that somebody took them along is written down."""
    response = Response(export(workshop_id), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="applications-{workshop_id}.csv"'
    return response


def export(workshop_id: int) -> str:
    """For page and API alike."""
    workshop, reader = managed(workshop_id)
    queries.get_call(workshop.id)
    with transaction():
        actions.note_export(workshop.id, by=reader)
    language = current_speech().locale
    asked, answers = queries.forms_of(workshop.id, language)
    return candidacy_sheet(queries.all_candidacies(workshop.id, reader, language), asked, answers)


@pages.get("/workshops/<id:workshop_id>/balance")
def balance(workshop_id: int) -> str:
    """Who applied and who is to come, by country, gender, theme and size."""
    workshop, _reader = managed(workshop_id)
    return render_template(
        "applying/balance.html",
        workshop=workshop,
        call=queries.get_call(workshop.id),
        balance=queries.balance_of(workshop.id, current_speech().locale),
        seats=capacity_of(workshop.id),
        sizes=queries.SIZES,
    )


@pages.put("/workshops/<id:workshop_id>/decisions")
def propose(workshop_id: int) -> BaseResponse | tuple[str, int]:
    """What was changed on a page of the list; what stands there as it was stays, whoever changed it meanwhile."""
    workshop, reader = managed(workshop_id)
    wrong: dict[str, str] = {}
    try:
        with transaction():
            for candidacy_id, form, was in _lines():
                try:
                    _propose_line(workshop.id, candidacy_id, form, was, reader)
                except Invalid as refused:
                    wrong |= {f"{name}-{candidacy_id}": said for name, said in refused.fields.items()}
            if wrong:
                raise Invalid(fields=wrong)
    except Refused as refused:
        return _page(workshop, reader, refused), refused.status
    flash(_("The proposals are saved. Nobody but managers sees them."))
    return redirect(url_for("applying.applications", workshop_id=workshop_id), 303)


def _lines() -> Iterator[tuple[int, DecisionForm, str]]:
    """(application, what is proposed, what it was when the line was drawn)."""
    for name, was in request.form.items():
        if (field := _FIELD.fullmatch(name)) is not None:
            sent = {part: request.form.get(f"{part}-{field[1]}", "") for part in ("decision", "rank")}
            yield int(field[1]), DecisionForm.of_json(sent), was


def _propose_line(workshop_id: int, candidacy_id: int, form: DecisionForm, was: str, reader: Reader) -> None:
    form.check()
    said = form.decision.data or ""
    rank = form.rank.data if said == Decision.WAITING else None
    if f"{said}:{'' if rank is None else rank}" != was:
        actions.decide(queries.get_candidacy(workshop_id, candidacy_id), said, rank=rank, by=reader)


@pages.get("/workshops/<id:workshop_id>/decisions")
def decisions(workshop_id: int) -> str:
    """What is proposed, name by name, and the button that tells everybody."""
    workshop, reader = managed(workshop_id)
    return _decisions_page(workshop, reader)


def _decisions_page(workshop: Row, reader: Reader, refused: Refused | None = None) -> str:
    call, rows = queries.get_call(workshop.id), queries.all_candidacies(workshop.id, reader, current_speech().locale)
    order = {row.id: number for number, row in enumerate(queries.decided(workshop.id))}
    rows = sorted(rows, key=lambda row: order[row.id])
    return render_template(
        "applying/decisions.html",
        workshop=workshop,
        call=call,
        parts={key: [row for row in rows if (row.decision or "") == key] for key in (*Decision, "")},
        seats=capacity_of(workshop.id),
        decidable=rules.is_decidable(call),
        refused=refused,
    )


@pages.put("/workshops/<id:workshop_id>/decisions/publication")
def tell_everybody(workshop_id: int) -> BaseResponse | tuple[str, int]:
    """What is proposed holds, and each applicant is told theirs."""
    workshop, reader = managed(workshop_id)
    try:
        tell_now(workshop_id)
    except Refused as refused:
        return _decisions_page(workshop, reader, refused), refused.status
    number = queries.count_candidacies(workshop.id)
    flash(
        ngettext(
            "A letter is on its way to %(num)s applicant.", "Letters are on their way to %(num)s applicants.", number
        )
    )
    return redirect(url_for("applying.applications", workshop_id=workshop_id), 303)


def tell_now(workshop_id: int) -> None:
    """For page and API."""
    workshop, reader = managed(workshop_id)
    queries.get_call(workshop.id)
    with transaction():
        actions.tell_everybody(get_row(workshop.id), by=reader)


@pages.delete("/workshops/<id:workshop_id>/applications/<id:candidacy_id>/place")
def release(workshop_id: int, candidacy_id: int) -> BaseResponse:
    """Take a place back; the next who waits has it."""
    release_now(workshop_id, candidacy_id)
    flash(_("The place is free; the next who waits has it."))
    return redirect(url_for("applying.applications", workshop_id=workshop_id), 303)


def release_now(workshop_id: int, candidacy_id: int) -> None:
    """For page and API."""
    workshop, reader = managed(workshop_id)
    with transaction():
        actions.release(queries.get_candidacy(workshop.id, candidacy_id), by=reader)
