"""Workshops, and the topics of one."""

from flask import Response, jsonify, request

from forum.core.api import PageOf, WaitsShape, json_body, list_of
from forum.core.db import transaction
from forum.core.languages import current_speech
from forum.core.openapi import gives
from forum.core.paging import Page
from forum.core.web import current_reader, signed_in_reader
from forum.topics.queries import get_topic, labels_for
from forum.workshops import actions, queries
from forum.workshops.api.blueprint import pages, seen_workshop, whole
from forum.workshops.forms import AudienceForm, TopicForm
from forum.workshops.shapes import (
    AudienceShape,
    WorkshopRowShape,
    WorkshopShape,
    WorkshopTopicShape,
    WorkshopTopicStartedShape,
    topic_shape,
    workshop_shape,
)


@pages.get("/workshops")
@gives(PageOf[WorkshopRowShape])
def workshops() -> Response:
    """Workshops and webinars: what is coming, the next first; then what is over, the last first, a page at a time."""
    reader, language, cursor = current_reader(), current_speech().locale, request.args.get("cursor")
    coming = [] if cursor else queries.coming(reader, language, size=queries.MOST_COMING)
    past = queries.past(reader, language, cursor=cursor)
    items = [*coming, *past.items]
    languages = queries.languages_of([row.id for row in items])
    return list_of(Page(items, past.next), lambda row: workshop_shape(row, languages[row.id]))


@pages.get("/workshops/<id:workshop_id>")
@gives(WorkshopShape)
def workshop(workshop_id: int) -> Response:
    """One workshop with its objectives, talks and links."""
    return jsonify(whole(seen_workshop(workshop_id)))


@pages.put("/workshops/<id:workshop_id>/audience")
@gives(AudienceShape, takes=AudienceForm)
def change_audience(workshop_id: int) -> Response:
    """Say who reads the topics of a workshop; for managers."""
    reader, seen = signed_in_reader(), seen_workshop(workshop_id)
    form = AudienceForm.of_json(json_body())
    form.check()
    with transaction():
        actions.change_audience(queries.get_row(seen.id), kind=form.kind.data, by=reader)
    return jsonify({"kind": form.kind.data, "space": seen_workshop(workshop_id).topics_space_id})


@pages.get("/workshops/<id:workshop_id>/topics")
@gives(PageOf[WorkshopTopicShape])
def topics(workshop_id: int) -> Response:
    """The topics of a workshop, the newest reply first."""
    seen = seen_workshop(workshop_id)
    page = queries.topics_of(
        seen.id, reader=current_reader(), language=current_speech().locale, cursor=request.args.get("cursor")
    )
    labels = labels_for([row.id for row in page.items], current_speech().locale)
    return list_of(page, lambda row: topic_shape(row, row.phase, labels[row.id]))


@pages.post("/workshops/<id:workshop_id>/topics")
@gives(WorkshopTopicStartedShape, 201, takes=TopicForm, refuses={202: WaitsShape, 409: None})
def start_topic(workshop_id: int) -> tuple[Response, int]:
    """Start a topic; `kind` is discussion or question. The same key with the same words answers the same topic
    again."""
    reader = signed_in_reader()
    seen = seen_workshop(workshop_id)
    form = TopicForm.of_json(json_body())
    form.check()
    with transaction():
        done = actions.start_topic(
            seen,
            author=reader,
            title=form.title.data or "",
            words=form.words.data or "",
            language=form.language.data or None,
            themes=form.themes.data or (),
            tags=form.tags.data or (),
            kind=form.kind.data,
            key=form.key.data,
        )
    if done.held is not None:
        return jsonify({"held": done.held}), 202
    topic = get_topic(done.id, reader=reader)
    labels = labels_for([done.id], current_speech().locale)[done.id]
    shape = topic_shape(topic, queries.phase_at(seen, topic.created_at), labels)
    return jsonify({"id": done.id, "number": done.number, "topic": shape}), 201
