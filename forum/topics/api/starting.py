"""JSON of topics where they stand: in a space or a workshop; starting one there."""

from typing import Any

from flask import Response, jsonify, request

from forum.core.api import PageOf, WaitsShape, json_body, list_of
from forum.core.db import transaction
from forum.core.languages import current_speech
from forum.core.openapi import gives
from forum.core.web import current_reader, signed_in_reader
from forum.spaces.queries import get_readable_space
from forum.topics import queries
from forum.topics.actions import Done
from forum.topics.api.blueprint import pages
from forum.topics.forms import StartForm
from forum.topics.shapes.topics import (
    StartedShape,
    TopicShape,
    WorkshopTopicShape,
    WorkshopTopicStartedShape,
    topic_shape,
)
from forum.topics.views.starting import Place, space, workshop
from forum.workshops.queries import get_workshop, phase_at, topics_of


@pages.get("/spaces/<id:space_id>/topics")
@gives(PageOf[TopicShape])
def in_space(space_id: int) -> Response:
    """Topics of one space, the newest reply first."""
    reader, language = current_reader(), current_speech().locale
    get_readable_space(space_id, reader=reader, language=language)
    page = queries.by_space(space_id, reader=reader, language=language, cursor=request.args.get("cursor"))
    labels = queries.labels_for([row.id for row in page.items], language)
    return list_of(page, lambda row: topic_shape(row, labels[row.id]))


@pages.post("/spaces/<id:space_id>/topics")
@gives(StartedShape, 201, takes=StartForm, refuses={202: WaitsShape, 409: None})
def start_in_space(space_id: int) -> tuple[Response, int]:
    """Start a topic; `kind` is discussion or question. The same key with the same words answers the same topic
    again."""
    return _answer(_start(space(space_id, signed_in_reader())), {})


@pages.get("/workshops/<id:workshop_id>/topics")
@gives(PageOf[WorkshopTopicShape])
def in_workshop(workshop_id: int) -> Response:
    """The topics of a workshop, the newest reply first."""
    reader, language = current_reader(), current_speech().locale
    seen = get_workshop(workshop_id, reader=reader, language=language)
    page = topics_of(seen.id, reader=reader, language=language, cursor=request.args.get("cursor"))
    labels = queries.labels_for([row.id for row in page.items], language)
    return list_of(page, lambda row: {**topic_shape(row, labels[row.id]), "phase": row.phase})


@pages.post("/workshops/<id:workshop_id>/topics")
@gives(WorkshopTopicStartedShape, 201, takes=StartForm, refuses={202: WaitsShape, 409: None})
def start_in_workshop(workshop_id: int) -> tuple[Response, int]:
    """Start a topic; `kind` is discussion or question. The same key with the same words answers the same topic
    again."""
    reader, language = signed_in_reader(), current_speech().locale
    done = _start(workshop(workshop_id, reader))
    if done.held is not None:
        return _answer(done, {})
    row, labels = queries.get_topic_row(done.id, reader=reader, language=language)
    phase = phase_at(get_workshop(workshop_id, reader=reader, language=language), row.created_at)
    return _answer(done, {"topic": {**topic_shape(row, labels), "phase": phase}})


def _start(place: Place) -> Done:
    form = StartForm.of_json(json_body())
    form.check()
    with transaction():
        return place.start(author=signed_in_reader(), **form.asked())


def _answer(done: Done, more: dict[str, Any]) -> tuple[Response, int]:
    if done.held is not None:
        return jsonify({"held": done.held}), 202
    return jsonify({"id": done.id, "number": done.number, **more}), 201
