"""JSON of handovers."""

from flask import Blueprint, Response, jsonify

from forum.core.api import json_body
from forum.core.errors import NotFound
from forum.core.openapi import gives
from forum.core.web import signed_in_reader
from forum.handovers import actions, queries
from forum.handovers.forms import HandoverForm
from forum.handovers.shapes import HandoverShape, handover_shape
from forum.handovers.views.answering import answer_with, questions_of
from forum.handovers.views.naming import leaver, name_for, withdraw_for

pages = Blueprint("handovers_api", __name__, url_prefix="/api/v1")


@pages.get("/members/<id:member_id>/handover")
@gives(HandoverShape, guests=False)
def waiting(member_id: int) -> Response:
    """The handover that waits for the successor's answer."""
    member, reader = leaver(member_id)
    found = queries.find_waiting(member.id)
    if found is None:
        raise NotFound
    return jsonify(handover_shape(found, questions=questions_of(found, reader)))


@pages.put("/members/<id:member_id>/handover")
@gives(HandoverShape, takes=HandoverForm)
def name_successor(member_id: int) -> Response:
    """Ask a colleague to take over. `drafts`, such as "topic-12", are the leaver's own to give."""
    member, reader = leaver(member_id)
    body = json_body()
    handover = name_for(member, reader, HandoverForm.of_json(body))
    return jsonify(handover_shape(handover))


@pages.delete("/members/<id:member_id>/handover")
@gives(None)
def withdraw(member_id: int) -> Response:
    """Take a handover back."""
    _member, reader = leaver(member_id)
    withdraw_for(member_id, reader)
    return Response(status=204)


@pages.get("/handovers/<id:handover_id>")
@gives(HandoverShape, guests=False)
def handover(handover_id: int) -> Response:
    """One handover that concerns the reader."""
    reader = signed_in_reader()
    found = queries.get_handover(handover_id, reader=reader)
    return jsonify(handover_shape(found, questions=questions_of(found, reader)))


@pages.put("/handovers/<id:handover_id>/confirmation")
@gives(HandoverShape, refuses={409: None})
def confirm(handover_id: int) -> Response:
    """Take over, as the successor."""
    return jsonify(handover_shape(answer_with(handover_id, actions.confirm)))


@pages.put("/handovers/<id:handover_id>/refusal")
@gives(HandoverShape, refuses={409: None})
def decline(handover_id: int) -> Response:
    """Do not take over, as the successor."""
    return jsonify(handover_shape(answer_with(handover_id, actions.decline)))
