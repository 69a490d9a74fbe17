"""JSON of pads. Each change answers with the notes as they are then."""

from flask import Blueprint, Response, jsonify, request

from forum.core.api import PageOf, json_body, list_of
from forum.core.openapi import gives
from forum.core.web import signed_in_reader
from forum.pads import actions, queries
from forum.pads.actions.pens import LEASE
from forum.pads.forms import NotesForm, PenForm
from forum.pads.shapes import (
    PadConflictShape,
    PadShape,
    PadVersionShape,
    WrittenPadVersionShape,
    pad_shape,
    version_shape,
    written_version_shape,
)
from forum.pads.views.blueprint import desk_at, seen
from forum.pads.views.history import bring_back_now
from forum.pads.views.pens import act, taking
from forum.pads.views.showing import save_as_sent

pages = Blueprint("pads_api", __name__, url_prefix="/api/v1")


@pages.get("/workshops/<id:workshop_id>/notes")
@gives(PadShape)
def notes(workshop_id: int) -> Response:
    """The shared notes of an event."""
    return _now(workshop_id)


@pages.put("/workshops/<id:workshop_id>/notes")
@gives(PadShape, takes=NotesForm, refuses={409: PadConflictShape})
def save(workshop_id: int) -> Response:
    """Put other words in them: `version` is the one that they were written over. It renews the pen for 75 seconds."""
    save_as_sent(workshop_id, NotesForm.of_json(json_body()))
    return _now(workshop_id)


@pages.put("/workshops/<id:workshop_id>/notes/pen")
@gives(PadShape, takes=PenForm, refuses={409: None})
def take(workshop_id: int) -> Response:
    """Write from now on, for 75 seconds at first; `over` takes it from whoever has it, for staff."""
    act(workshop_id, taking(PenForm.of_json(json_body()), lease=LEASE))
    return _now(workshop_id)


@pages.delete("/workshops/<id:workshop_id>/notes/pen")
@gives(PadShape)
def put_down(workshop_id: int) -> Response:
    """It goes to who asked for it, or to nobody."""
    act(workshop_id, lambda subject, by: actions.put_pen_down(subject, by=by))
    return _now(workshop_id)


@pages.put("/workshops/<id:workshop_id>/notes/pen/request")
@gives(PadShape, refuses={409: None})
def ask(workshop_id: int) -> Response:
    """Ask for it; a pen that nobody has comes at once."""
    act(workshop_id, lambda subject, by: actions.ask_for_pen(subject, by=by))
    return _now(workshop_id)


@pages.delete("/workshops/<id:workshop_id>/notes/pen/request")
@gives(PadShape)
def take_back(workshop_id: int) -> Response:
    """Ask for it no more."""
    act(workshop_id, lambda subject, by: actions.take_asking_back(subject, by=by))
    return _now(workshop_id)


@pages.get("/workshops/<id:workshop_id>/notes/versions")
@gives(PageOf[PadVersionShape], guests=False)
def versions(workshop_id: int) -> Response:
    """What they said at each time, the last first."""
    signed_in_reader()
    _workshop, subject = seen(workshop_id)
    return list_of(queries.versions_of(subject, cursor=request.args.get("cursor")), version_shape)


@pages.get("/workshops/<id:workshop_id>/notes/versions/<id:number>")
@gives(WrittenPadVersionShape, guests=False)
def version(workshop_id: int, number: int) -> Response:
    """One of them with its words."""
    signed_in_reader()
    _workshop, subject = seen(workshop_id)
    return jsonify(written_version_shape(queries.get_version(subject, number)))


@pages.put("/workshops/<id:workshop_id>/notes/versions/<id:number>/return")
@gives(PadShape)
def bring_back(workshop_id: int, number: int) -> Response:
    """It is what they say again; for staff."""
    bring_back_now(workshop_id, number)
    return _now(workshop_id)


def _now(workshop_id: int) -> Response:
    return jsonify(pad_shape(workshop_id, desk_at(workshop_id)))
