"""JSON of closings."""

from flask import Blueprint, Response, jsonify

from forum.closing import queries
from forum.closing.forms import ClosingSent, form_for, spread
from forum.closing.shapes import (
    ClosingConflictShape,
    ClosingDraftShape,
    EditionShape,
    WorkshopRecordShape,
    draft_shape,
    edition_shape,
    workshop_record_shape,
)
from forum.closing.views.blueprint import closed_by, managed
from forum.closing.views.preparing import keep_as_sent, reopen_now
from forum.core.api import AllOf, all_of, json_body
from forum.core.errors import NotFound
from forum.core.languages import current_speech
from forum.core.openapi import gives
from forum.core.web import current_reader
from forum.workshops.queries import get_workshop, objective_ids_of, objectives_of

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
    ids = [id for one in found.content["objectives"].values() for id in one["posts"]]
    objectives = list(objectives_of(workshop.id, language))
    posts = queries.posts_for(ids, reader=reader)
    return jsonify(workshop_record_shape(found, objectives, posts, locale=language))


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
    return jsonify(draft_shape(queries.draft_of(workshop_id), objective_ids_of(workshop_id)))
