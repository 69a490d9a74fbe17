"""Handing a record in, publishing it, taking it away: for managers."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from forum.core.db import transaction
from forum.core.decoding import decoded
from forum.core.errors import Forbidden, Refused
from forum.core.languages import current_speech
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.core.web import signed_in_reader
from forum.records import actions, queries, rules
from forum.records.forms import RecordForm
from forum.records.models import Record
from forum.records.views.blueprint import pages
from forum.workshops.queries import get_row, get_workshop


def keeper_of(workshop_id: int) -> Reader:
    """A manager who sees the event; for others it is not there, or not theirs to keep."""
    reader = signed_in_reader()
    get_workshop(workshop_id, reader=reader, language=current_speech().locale)
    if not rules.may_keep_records(reader):
        raise Forbidden
    return reader


@pages.get("/workshops/<id:workshop_id>/records/new")
def new(workshop_id: int) -> str:
    """The form, once the event has begun."""
    reader = keeper_of(workshop_id)
    actions.check_begun(get_row(workshop_id))
    return _page(workshop_id, reader, RecordForm(data={"language": current_speech().language}))


@pages.post("/workshops/<id:workshop_id>/records")
def keep(workshop_id: int) -> BaseResponse | tuple[str, int]:
    """Take it in, from a file or from what was pasted."""
    reader, form = keeper_of(workshop_id), RecordForm.sent()
    file = request.files.get("file")
    try:
        text = decoded(file.read(), field="text") if file and file.filename else form.text.data or ""
        record_id = keep_as_sent(workshop_id, form, text, reader)
    except Refused as refused:
        form.take(refused)
        return _page(workshop_id, reader, form, refused), refused.status
    flash(_("It is kept. Those who were there can correct it for seven days; then everybody sees it."))
    return redirect(url_for("records.show", record_id=record_id), 303)


def keep_as_sent(workshop_id: int, form: RecordForm, text: str, reader: Reader) -> int:
    """For page and API: the id of the record."""
    form.check()
    with transaction():
        said = {"language": form.language.data or "", "kind": form.kind.data or ""}
        return actions.keep_record(get_row(workshop_id), text=text, by=reader, **said).id


def _page(workshop_id: int, reader: Reader, form: RecordForm, refused: Refused | None = None) -> str:
    workshop = get_workshop(workshop_id, reader=reader, language=current_speech().locale)
    return render_template("records/new.html", workshop=workshop, form=form, refused=refused)


def kept(record_id: int) -> tuple[Record, Reader]:
    """The record, for who keeps it."""
    reader = signed_in_reader()
    record = queries.get_record(record_id, reader=reader)
    if not rules.may_keep_records(reader):
        raise Forbidden
    return record, reader


@pages.put("/records/<id:record_id>/publication")
def publish(record_id: int) -> BaseResponse:
    """Everybody who sees the event sees it now."""
    publish_now(record_id)
    flash(_("Published: everybody who sees the event sees it."))
    return redirect(url_for("records.show", record_id=record_id), 303)


def publish_now(record_id: int) -> None:
    """For page and API."""
    kept(record_id)
    with transaction():
        record, reader = kept(record_id)
        actions.publish(record, by=reader)


@pages.delete("/records/<id:record_id>")
def remove(record_id: int) -> BaseResponse:
    """It is gone."""
    workshop_id = kept(record_id)[0].workshop_id
    remove_now(record_id)
    flash(_("The record is gone. You can hand in another one."))
    return redirect(url_for("workshops.show", workshop_id=workshop_id), 303)


def remove_now(record_id: int) -> None:
    """For page and API."""
    kept(record_id)
    with transaction():
        record, reader = kept(record_id)
        actions.remove_record(record, by=reader)
