"""Announcing and changing a workshop and its programme: for managers. Each answer is the whole workshop."""

from collections.abc import Callable
from typing import TypeVar

from flask import Response, jsonify

from forum.core.api import json_body
from forum.core.db import transaction
from forum.core.openapi import gives
from forum.core.reader import Reader
from forum.core.web import signed_in_reader
from forum.workshops import actions, queries
from forum.workshops.api.blueprint import answer, pages, seen_workshop, whole
from forum.workshops.forms import CancelForm, SessionForm, TalkForm, WorkshopForm
from forum.workshops.models import Workshop
from forum.workshops.shapes import WorkshopShape
from forum.workshops.views.keeping import keep_announcing
from forum.workshops.views.programme import add_session_once, add_talk_once

Sent = TypeVar("Sent", WorkshopForm, SessionForm, TalkForm, CancelForm)


@pages.post("/workshops")
@gives(WorkshopShape, 201, takes=WorkshopForm, refuses={409: None})
def announce() -> tuple[Response, int]:
    """Announce one, in the space with the id `space`. `starts` and `ends` are wall times in `zone`; `answers` are
    ids of open requests; `copy` is the id of another one whose programme and materials come along."""
    reader, form = signed_in_reader(), WorkshopForm.of_json(json_body())
    actions.check_manager(reader)
    form.check()
    return jsonify(whole(seen_workshop(keep_announcing(form, by=reader).id))), 201


@pages.put("/workshops/<id:workshop_id>/cancellation")
@gives(WorkshopShape, takes=CancelForm, refuses={409: None})
def cancel(workshop_id: int) -> Response:
    """It does not take place, perhaps for this `reason`; whoever meant to come is told."""
    form = form_of(workshop_id, CancelForm)
    return changed(workshop_id, lambda one, by: actions.cancel_workshop(one, reason=form.reason.data or "", by=by))


@pages.delete("/workshops/<id:workshop_id>/cancellation")
@gives(WorkshopShape)
def restore(workshop_id: int) -> Response:
    """It takes place after all; whoever meant to come is told."""
    return changed(workshop_id, lambda one, by: actions.restore_workshop(one, by=by))


@pages.post("/workshops/<id:workshop_id>/sessions")
@gives(WorkshopShape, 201, takes=SessionForm, refuses={409: None})
def add_session(workshop_id: int) -> tuple[Response, int]:
    """Put a session on its programme; times are by the workshop's clocks."""
    form = form_of(workshop_id, SessionForm)
    return changed(workshop_id, lambda one, by: add_session_once(one, form, by=by)), 201


@pages.put("/workshops/<id:workshop_id>/sessions/<id:session_id>")
@gives(WorkshopShape, takes=SessionForm)
def change_session(workshop_id: int, session_id: int) -> Response:
    """Move it or call it otherwise."""
    form = form_of(workshop_id, SessionForm)
    return changed(workshop_id, lambda one, by: actions.change_session(one, session_id, form.plan(), by=by))


@pages.delete("/workshops/<id:workshop_id>/sessions/<id:session_id>")
@gives(WorkshopShape)
def remove_session(workshop_id: int, session_id: int) -> Response:
    """Take it off the programme."""
    return changed(workshop_id, lambda one, by: actions.remove_session(one, session_id, by=by))


@pages.post("/workshops/<id:workshop_id>/talks")
@gives(WorkshopShape, 201, takes=TalkForm, refuses={409: None})
def add_talk(workshop_id: int) -> tuple[Response, int]:
    """Put a talk on its programme; `speakers` is a line for each, "name; office; organisation"."""
    form = form_of(workshop_id, TalkForm)
    return changed(workshop_id, lambda one, by: add_talk_once(one, form, by=by)), 201


@pages.put("/workshops/<id:workshop_id>/talks/<id:talk_id>")
@gives(WorkshopShape, takes=TalkForm)
def change_talk(workshop_id: int, talk_id: int) -> Response:
    """Another title, other languages, other speakers."""
    form = form_of(workshop_id, TalkForm)

    def act(workshop: Workshop, reader: Reader) -> None:
        actions.change_talk(workshop, talk_id, form.plan(queries.speakers_of(talk_id)), by=reader)

    return changed(workshop_id, act)


@pages.delete("/workshops/<id:workshop_id>/talks/<id:talk_id>")
@gives(WorkshopShape)
def remove_talk(workshop_id: int, talk_id: int) -> Response:
    """Take it off the programme."""
    return changed(workshop_id, lambda one, by: actions.remove_talk(one, talk_id, by=by))


def form_of(workshop_id: int, kind: type[Sent]) -> Sent:
    """What a manager sent; who may not change the workshop hears that before what is wrong with it."""
    reader = signed_in_reader()
    seen_workshop(workshop_id)
    actions.check_manager(reader)
    form = kind.of_json(json_body())
    form.check()
    return form


def changed(workshop_id: int, act: Callable[[Workshop, Reader], object]) -> Response:
    """Act on the workshop, and show it whole."""
    reader = signed_in_reader()
    seen = seen_workshop(workshop_id)
    with transaction():
        act(queries.get_row(seen.id), reader)
    return answer(workshop_id)
