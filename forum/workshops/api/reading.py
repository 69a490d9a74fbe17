"""Workshops, and who reads the topics of one."""

from flask import Response, jsonify, request

from forum.core.api import PageOf, json_body, list_of
from forum.core.db import transaction
from forum.core.languages import current_speech
from forum.core.openapi import gives
from forum.core.paging import Page
from forum.core.web import current_reader, signed_in_reader
from forum.workshops import actions, queries
from forum.workshops.api.blueprint import answer, pages, seen_workshop
from forum.workshops.forms import AudienceForm
from forum.workshops.shapes import (
    AudienceShape,
    WorkshopRowShape,
    WorkshopShape,
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
    """One workshop with its objectives, talks and links; `ETag` is its version."""
    return answer(workshop_id)


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
