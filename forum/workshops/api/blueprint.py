"""The blueprint of the API of workshops, and what its parts share."""

from flask import Blueprint, Response, jsonify
from sqlalchemy import Row

from forum.core.languages import current_speech
from forum.core.web import current_reader
from forum.registering.queries import capacity_of
from forum.workshops import queries
from forum.workshops.shapes import WorkshopShape, programme_shape

pages = Blueprint("workshops_api", __name__, url_prefix="/api/v1")


def seen_workshop(workshop_id: int) -> Row:
    """The workshop, or the one answer for hidden and absent."""
    return queries.get_workshop(workshop_id, reader=current_reader(), language=current_speech().locale)


def whole(workshop: Row) -> WorkshopShape:
    """With its objectives, sessions, talks and links."""
    reader, language = current_reader(), current_speech().locale
    return programme_shape(
        workshop,
        queries.languages_of([workshop.id])[workshop.id],
        objectives=queries.objectives_of(workshop.id, language),
        sessions=queries.sessions_of(workshop.id, language),
        talks=queries.talks_of(workshop.id, language),
        materials=queries.materials_of(workshop.id),
        capacity=capacity_of(workshop.id),
        prepares=queries.prepared_by(workshop.id, reader=reader, language=language),
        follows=queries.leading_to(workshop.id, reader=reader, language=language),
    )


def answer(workshop_id: int) -> Response:
    """The workshop whole; `ETag` is its version."""
    seen = seen_workshop(workshop_id)
    response = jsonify(whole(seen))
    response.set_etag(str(seen.revision))
    return response
