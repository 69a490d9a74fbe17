"""JSON of requests."""

from flask import Blueprint, Response, jsonify, request

from forum.agenda import queries
from forum.agenda.forms import AnswerForm, ChangeForm, DeclineForm, MergeForm, RequestFilter, RequestForm, ScheduleForm
from forum.agenda.queries.similar import similar_to
from forum.agenda.shapes import AgendaRequestShape, LikeRequestShape, like_shape, request_shape
from forum.agenda.views.asking import ask_as_sent, change_as_sent, withdraw_own
from forum.agenda.views.deciding import (
    by_answering,
    by_declining,
    by_merging,
    by_reopening,
    by_scheduling,
    decide,
    manager_of,
)
from forum.agenda.views.showing import add_voice, asked_page, remove_voice
from forum.core.api import AllOf, PageOf, all_of, json_body, list_of
from forum.core.languages import current_speech
from forum.core.openapi import gives
from forum.core.web import current_reader, signed_in_reader

pages = Blueprint("agenda_api", __name__, url_prefix="/api/v1")


@pages.get("/requests")
@gives(PageOf[AgendaRequestShape], query=RequestFilter)
def requests() -> Response:
    """What the network asks for, the most wanted first. `state` is open unless said otherwise, `order` may be newest,
    `workshop` lists what an event takes up; `waiting=long` what managers have left open for 30 days."""
    return list_of(asked_page(RequestFilter(request.args), current_reader()), request_shape)


@pages.get("/requests/like")
@gives(AllOf[LikeRequestShape])
def like() -> Response:
    """At most three requests that may ask for the same as the title in `?title=`, the likeliest first."""
    return all_of(map(like_shape, similar_to(request.args.get("title", "")[:400], reader=current_reader())))


@pages.post("/requests")
@gives(AgendaRequestShape, 201, takes=RequestForm, refuses={409: None})
def ask() -> tuple[Response, int]:
    """Ask for something; `space` is the first public one unless said otherwise."""
    reader, form = signed_in_reader(), RequestForm.of_json(json_body())
    form.check()
    return _one(ask_as_sent(form, reader)), 201


@pages.get("/requests/<id:request_id>")
@gives(AgendaRequestShape)
def show(request_id: int) -> Response:
    """One request."""
    return _one(request_id)


@pages.put("/requests/<id:request_id>")
@gives(AgendaRequestShape, takes=ChangeForm, refuses={409: None})
def change(request_id: int) -> Response:
    """Other words, for its asker, while no other municipality stands behind it."""
    reader = signed_in_reader()
    queries.get_request(request_id, reader=reader)
    change_as_sent(request_id, ChangeForm.of_json(json_body()), reader)
    return _one(request_id)


@pages.delete("/requests/<id:request_id>")
@gives(None, refuses={409: None})
def withdraw(request_id: int) -> Response:
    """Take it back, under the same conditions."""
    withdraw_own(request_id)
    return Response(status=204)


@pages.put("/requests/<id:request_id>/voice")
@gives(AgendaRequestShape, refuses={409: None})
def second(request_id: int) -> Response:
    """The reader's municipality needs it too."""
    add_voice(request_id)
    return _one(request_id)


@pages.delete("/requests/<id:request_id>/voice")
@gives(AgendaRequestShape, refuses={409: None})
def take_back(request_id: int) -> Response:
    """It does not any more."""
    remove_voice(request_id)
    return _one(request_id)


@pages.put("/requests/<id:request_id>/answer")
@gives(AgendaRequestShape, takes=AnswerForm, refuses={409: None})
def answer(request_id: int) -> Response:
    """It is answered at `link`; for managers."""
    manager_of(request_id)
    form = AnswerForm.of_json(json_body())
    decide(request_id, form, by_answering(form))
    return _one(request_id)


@pages.put("/requests/<id:request_id>/schedule")
@gives(AgendaRequestShape, takes=ScheduleForm, refuses={409: None})
def schedule(request_id: int) -> Response:
    """The event with the id `workshop` takes it up; for managers."""
    manager_of(request_id)
    form = ScheduleForm.of_json(json_body())
    decide(request_id, form, by_scheduling(form))
    return _one(request_id)


@pages.put("/requests/<id:request_id>/refusal")
@gives(AgendaRequestShape, takes=DeclineForm, refuses={409: None})
def decline(request_id: int) -> Response:
    """The network does not take it up, for this `reason`; for managers."""
    manager_of(request_id)
    form = DeclineForm.of_json(json_body())
    decide(request_id, form, by_declining(form))
    return _one(request_id)


@pages.put("/requests/<id:request_id>/merger")
@gives(AgendaRequestShape, takes=MergeForm, refuses={409: None})
def merge(request_id: int) -> Response:
    """It asks for the same as the one with the id `into`; for managers."""
    manager_of(request_id)
    form = MergeForm.of_json(json_body())
    decide(request_id, form, by_merging(form))
    return _one(request_id)


@pages.delete("/requests/<id:request_id>/decision")
@gives(AgendaRequestShape)
def reopen(request_id: int) -> Response:
    """Take the decision back; for managers."""
    decide(request_id, None, by_reopening)
    return _one(request_id)


def _one(request_id: int) -> Response:
    row = queries.get_request_row(request_id, reader=current_reader(), language=current_speech().locale)
    return jsonify(request_shape(row))
