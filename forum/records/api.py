"""JSON of records."""

from flask import Blueprint, Response, jsonify, request

from forum.core import clock
from forum.core.api import AllOf, PageOf, all_of, json_body, list_of
from forum.core.languages import current_speech
from forum.core.openapi import gives
from forum.core.web import current_reader, signed_in_reader
from forum.records import queries
from forum.records.forms import CorrectionForm, RecordForm
from forum.records.shapes import (
    CorrectionShape,
    RecordLineShape,
    RecordShape,
    WaitingCorrectionShape,
    correction_shape,
    line_shape,
    record_shape,
    waiting_shape,
    webvtt_of,
)
from forum.records.views.correcting import accept_now, correct_as_sent, corrected, decline_now
from forum.records.views.keeping import keep_as_sent, keeper_of, kept, publish_now, remove_now
from forum.workshops.queries import get_workshop

pages = Blueprint("records_api", __name__, url_prefix="/api/v1")


@pages.get("/workshops/<id:workshop_id>/records")
@gives(AllOf[RecordShape])
def records(workshop_id: int) -> Response:
    """What was said at an event, a record for each language; before it is published for those who were there."""
    reader, now = current_reader(), clock.now()
    get_workshop(workshop_id, reader=reader, language=current_speech().locale)
    return all_of(record_shape(one, now) for one in queries.records_of(workshop_id, reader=reader))


@pages.post("/workshops/<id:workshop_id>/records")
@gives(RecordShape, 201, takes=RecordForm, refuses={409: None})
def keep(workshop_id: int) -> tuple[Response, int]:
    """Hand one in: `text` is WebVTT, SubRip or plain text; for managers."""
    reader = keeper_of(workshop_id)
    form = RecordForm.of_json(json_body())
    return _one(keep_as_sent(workshop_id, form, form.text.data or "", reader)), 201


@pages.get("/records/<id:record_id>")
@gives(RecordShape)
def show(record_id: int) -> Response:
    """One record without its lines."""
    return _one(record_id)


@pages.get("/records/<id:record_id>/lines")
@gives(PageOf[RecordLineShape])
def lines(record_id: int) -> Response:
    """Its lines, a hundred at a time."""
    record = queries.get_record(record_id, reader=current_reader())
    return list_of(queries.lines_of(record.id, cursor=request.args.get("cursor")), line_shape)


@pages.get("/records/<id:record_id>/captions")
@gives("text/vtt")
def captions(record_id: int) -> Response:
    """A published transcript as WebVTT, to go along with the film."""
    rows = queries.captions_of(record_id, reader=current_reader())
    return Response(webvtt_of(rows), mimetype="text/vtt")


@pages.put("/records/<id:record_id>/lines/<id:number>/correction")
@gives(CorrectionShape, takes=CorrectionForm, refuses={409: None})
def correct(record_id: int, number: int) -> Response:
    """Propose other words, for who was there; the words as they are take the proposal back."""
    reader = signed_in_reader()
    corrected(record_id, number, reader)
    return jsonify(correction_shape(correct_as_sent(record_id, number, CorrectionForm.of_json(json_body()), reader)))


@pages.get("/records/<id:record_id>/corrections")
@gives(PageOf[WaitingCorrectionShape], guests=False)
def desk(record_id: int) -> Response:
    """The corrections that wait; for managers."""
    record, _reader = kept(record_id)
    return list_of(queries.waiting(record.id, cursor=request.args.get("cursor")), waiting_shape)


@pages.put("/corrections/<id:correction_id>/approval")
@gives(RecordShape, refuses={409: None})
def accept(correction_id: int) -> Response:
    """The line says so now; for managers."""
    return _one(accept_now(correction_id))


@pages.put("/corrections/<id:correction_id>/refusal")
@gives(RecordShape, refuses={409: None})
def decline(correction_id: int) -> Response:
    """The line stays as it is; for managers."""
    return _one(decline_now(correction_id))


@pages.put("/records/<id:record_id>/publication")
@gives(RecordShape)
def publish(record_id: int) -> Response:
    """Everybody who sees the event sees it now; for managers. The clock does it after seven days."""
    publish_now(record_id)
    return _one(record_id)


@pages.delete("/records/<id:record_id>")
@gives(None)
def remove(record_id: int) -> Response:
    """Take it away, with the corrections to it; for managers."""
    remove_now(record_id)
    return Response(status=204)


def _one(record_id: int) -> Response:
    return jsonify(record_shape(queries.get_record(record_id, reader=current_reader()), clock.now()))
