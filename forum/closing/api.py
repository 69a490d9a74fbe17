"""JSON of closings."""

from flask import Blueprint, Response, jsonify

from forum.closing import actions, queries
from forum.closing.forms import ClosingSent, RecordingForm, form_for, spread
from forum.closing.rules import may_close
from forum.closing.shapes import (
    ClosingConflictShape,
    ClosingDraftShape,
    EditionShape,
    RecordEditionRowShape,
    RecordEditionShape,
    RecordingShape,
    WorkshopRecordShape,
    change_shape,
    draft_shape,
    edition_shape,
    recording_shape,
    workshop_record_shape,
)
from forum.closing.views.blueprint import closed_by, managed
from forum.closing.views.editions import Opened, change_edition, door, opened, seen_by_reader
from forum.closing.views.preparing import keep_as_sent, reopen_now
from forum.closing.views.recording import hand_in_as_sent, remove_now
from forum.core.api import AllOf, all_of, json_body, moment
from forum.core.errors import NotFound
from forum.core.languages import current_speech
from forum.core.openapi import gives
from forum.core.web import current_reader
from forum.workshops.queries import get_workshop, objective_ids_of

pages = Blueprint("closing_api", __name__, url_prefix="/api/v1")


@pages.get("/workshops/<id:workshop_id>/outcome")
@gives(WorkshopRecordShape)
def outcome(workshop_id: int) -> Response:
    """The record of an event that is closed."""
    reader, language = current_reader(), current_speech().locale
    workshop = get_workshop(workshop_id, reader=reader, language=language)
    found = queries.find_record(workshop.id) if workshop.closed_at else None
    if found is None:
        raise NotFound
    return jsonify(_record(seen_by_reader(workshop, found, None)))


@pages.get("/workshops/<id:workshop_id>/outcome/editions")
@gives(AllOf[RecordEditionRowShape])
def past_editions(workshop_id: int) -> Response:
    """Each text that its record had, the last first, for whoever reads it."""
    found = queries.editions_of(door(workshop_id).id)
    if not found:
        raise NotFound
    return all_of(
        {"number": one.number, "closed_at": moment(one.closed_at), "withdrawn": one.withdrawn_at is not None}
        for one in found
    )


@pages.get("/workshops/<id:workshop_id>/outcome/editions/<id:number>")
@gives(RecordEditionShape)
def past_edition(workshop_id: int, number: int) -> Response:
    """The record as it was published then, and what the next edition says otherwise."""
    seen = opened(workshop_id, number)
    changes = queries.changes(seen.edition, seen.following) if seen.following else []
    more = {"next": seen.following.number if seen.following else None, "changes": list(map(change_shape, changes))}
    return jsonify(_record(seen) | more)


@pages.put("/workshops/<id:workshop_id>/outcome/editions/<id:number>/withdrawal")
@gives(None, refuses={409: None})
def withdraw(workshop_id: int, number: int) -> Response:
    """Take an earlier text out of sight; for managers, who alone read it from then on."""
    change_edition(workshop_id, number, actions.withdraw_edition)
    return Response(status=204)


@pages.delete("/workshops/<id:workshop_id>/outcome/editions/<id:number>/withdrawal")
@gives(None)
def show_again(workshop_id: int, number: int) -> Response:
    """Whoever reads the record reads it again."""
    change_edition(workshop_id, number, actions.show_edition)
    return Response(status=204)


def _record(seen: Opened) -> WorkshopRecordShape:
    locale = current_speech().locale
    return workshop_record_shape(seen.edition, seen.objectives, seen.posts, seen.recording, locale=locale)


@pages.get("/workshops/<id:workshop_id>/recording")
@gives(RecordingShape)
def recording(workshop_id: int) -> Response:
    """The file of its recording: what the record shows; for who closes the event what was handed in last."""
    reader = current_reader()
    workshop = get_workshop(workshop_id, reader=reader, language=current_speech().locale)
    if may_close(reader):
        found = next(iter(queries.recordings_of(workshop.id)), None)
    else:
        found = queries.find_recording(workshop.id) if workshop.closed_at else None
    if found is None:
        raise NotFound
    return jsonify(recording_shape(found))


@pages.put("/workshops/<id:workshop_id>/recording")
@gives(RecordingShape, takes=RecordingForm, refuses={409: None})
def hand_in(workshop_id: int) -> Response:
    """Hand it in: mp4, webm, m4a, mp3 or ogg; for managers, once the event is over. It is published with the record."""
    workshop, reader = closed_by(workshop_id)
    return jsonify(recording_shape(hand_in_as_sent(workshop.id, reader)))


@pages.delete("/workshops/<id:workshop_id>/recording")
@gives(None)
def remove(workshop_id: int) -> Response:
    """Take it away at once, from the record too; for managers."""
    remove_now(workshop_id)
    return Response(status=204)


@pages.get("/workshops/<id:workshop_id>/closing")
@gives(ClosingDraftShape, guests=False, refuses={409: None})
def draft(workshop_id: int) -> Response:
    """What is prepared; for managers, once the event is over."""
    closed_by(workshop_id)
    return _draft(workshop_id)


@pages.put("/workshops/<id:workshop_id>/closing")
@gives(ClosingDraftShape, takes=ClosingSent, refuses={409: ClosingConflictShape})
def keep(workshop_id: int) -> Response:
    """Keep it for the next visit; for managers. 409 brings both where somebody else has saved meanwhile."""
    return _sent(workshop_id, closes=False)


@pages.put("/workshops/<id:workshop_id>/closing/publication")
@gives(ClosingDraftShape, takes=ClosingSent, refuses={409: ClosingConflictShape})
def close(workshop_id: int) -> Response:
    """Close the event with it, or publish a correction. Followers are told once; sent twice, it is closed once."""
    return _sent(workshop_id, closes=True)


@pages.delete("/workshops/<id:workshop_id>/closing/publication")
@gives(None)
def reopen(workshop_id: int) -> Response:
    """Its page is that of an event again; what was written stays."""
    reopen_now(workshop_id)
    return Response(status=204)


@pages.get("/workshops/<id:workshop_id>/closing/editions")
@gives(AllOf[EditionShape], guests=False)
def editions(workshop_id: int) -> Response:
    """Each publication of its record, the last first; for managers."""
    workshop, _reader = managed(workshop_id)
    return all_of(edition_shape(one) for one in queries.editions_of(workshop.id))


def _sent(workshop_id: int, *, closes: bool) -> Response:
    workshop, reader = closed_by(workshop_id)
    form = form_for(objective_ids_of(workshop.id)).of_json(spread(json_body()))
    form.check()
    keep_as_sent(workshop.id, form, reader, closes=closes)
    return _draft(workshop.id)


def _draft(workshop_id: int) -> Response:
    recording = next(iter(queries.recordings_of(workshop_id)), None)
    return jsonify(draft_shape(queries.draft_of(workshop_id), objective_ids_of(workshop_id), recording))
