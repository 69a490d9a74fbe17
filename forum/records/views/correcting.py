"""Corrections: proposing one, and the desk of those who keep the record."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from forum.core import clock
from forum.core.db import transaction
from forum.core.errors import Conflict, Forbidden, Invalid, Refused
from forum.core.languages import current_speech
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.core.web import signed_in_reader
from forum.records import actions, queries, rules
from forum.records.forms import CorrectionForm
from forum.records.models import Correction, Record, RecordLine
from forum.records.views.blueprint import pages
from forum.records.views.keeping import kept
from forum.workshops.queries import get_workshop


@pages.get("/records/<id:record_id>/lines/<id:number>/correction")
def correction_page(record_id: int, number: int) -> str:
    """The form with what the line says, or with what the reader proposed."""
    reader = signed_in_reader()
    record, line = corrected(record_id, number, reader)
    own = queries.find_own(line.id, reader.member_id)
    waits = own is not None and own.state == "waiting"
    return _page(record, line, CorrectionForm(data={"words": own.words if own and waits else line.words}))


def corrected(record_id: int, number: int, reader: Reader) -> tuple[Record, RecordLine]:
    """A line that the reader may correct; for who may not see the record it is not there."""
    record = queries.get_record(record_id, reader=reader)
    line = queries.get_line(record, number)
    there = queries.was_there(record.workshop_id, reader)
    if not there and not rules.may_keep_records(reader):
        raise Forbidden
    if not rules.is_open(record, clock.now()):
        raise Conflict(_("The days of corrections are over."))
    return record, line


@pages.put("/records/<id:record_id>/lines/<id:number>/correction")
def correct(record_id: int, number: int) -> BaseResponse | tuple[str, int]:
    """Propose it."""
    reader, form = signed_in_reader(), CorrectionForm.sent()
    record, line = corrected(record_id, number, reader)
    try:
        correct_as_sent(record_id, number, form, reader)
    except Invalid as refused:
        form.take(refused)
        return _page(record, line, form, refused), refused.status
    flash(_("Thank you. Those who keep the record look at it."))
    return redirect(url_for("records.show", record_id=record_id, _anchor=f"line-{number}"), 303)


def correct_as_sent(record_id: int, number: int, form: CorrectionForm, reader: Reader) -> Correction:
    """For page and API."""
    form.check()
    with transaction():
        record = queries.get_record(record_id, reader=reader)
        return actions.correct(record, queries.get_line(record, number), words=form.words.data or "", by=reader)


def _page(record: Record, line: RecordLine, form: CorrectionForm, refused: Refused | None = None) -> str:
    return render_template("records/correct.html", record=record, line=line, form=form, refused=refused)


@pages.get("/records/<id:record_id>/corrections")
def desk(record_id: int) -> str:
    """What waits, in the order of the lines."""
    record, reader = kept(record_id)
    return render_template(
        "records/desk.html",
        record=record,
        workshop=get_workshop(record.workshop_id, reader=reader, language=current_speech().locale),
        page=queries.waiting(record.id, cursor=request.args.get("cursor")),
        now=clock.now(),
    )


@pages.put("/corrections/<id:correction_id>/approval")
def accept(correction_id: int) -> BaseResponse:
    """The line says so now."""
    record_id = accept_now(correction_id)
    flash(_("The line says so now."))
    return redirect(url_for("records.desk", record_id=record_id), 303)


def accept_now(correction_id: int) -> int:
    """For page and API: the record's id."""
    reader = signed_in_reader()
    with transaction():
        correction, line, record = queries.get_correction(correction_id, reader=reader)
        actions.accept(correction, line, record, by=reader)
        return record.id


@pages.put("/corrections/<id:correction_id>/refusal")
def decline(correction_id: int) -> BaseResponse:
    """The line stays."""
    record_id = decline_now(correction_id)
    flash(_("The line stays as it is."))
    return redirect(url_for("records.desk", record_id=record_id), 303)


def decline_now(correction_id: int) -> int:
    """For page and API: the record's id."""
    reader = signed_in_reader()
    with transaction():
        correction, _line, record = queries.get_correction(correction_id, reader=reader)
        actions.decline(correction, record, by=reader)
        return record.id
