"""JSON of questionnaires, for those who design them; answers go to what the questionnaire belongs to."""

from flask import Blueprint, Response, jsonify

from forum.core.api import json_body
from forum.core.openapi import gives
from forum.questionnaires.forms import PlaceForm, QuestionForm
from forum.questionnaires.queries.telling import QuestionnaireShape, questionnaire_shape
from forum.questionnaires.views.designing import QUESTIONS, add_as_sent, change_as_sent, move_as_sent, remove_now
from forum.questionnaires.views.showing import asked_here, designed

pages = Blueprint("questionnaires_api", __name__, url_prefix="/api/v1")


@pages.get("/questionnaires/<id:questionnaire_id>")
@gives(QuestionnaireShape, guests=False)
def show(questionnaire_id: int) -> Response:
    """What it asks now."""
    return _one(questionnaire_id)


@pages.post(QUESTIONS)
@gives(QuestionnaireShape, 201, takes=QuestionForm, refuses={409: None})
def add(questionnaire_id: int) -> tuple[Response, int]:
    """Ask one thing more, at the end. `options` and `rows` are texts with one line for each."""
    designed(questionnaire_id)
    add_as_sent(questionnaire_id, QuestionForm.of_json(json_body()))
    return _one(questionnaire_id), 201


@pages.put(f"{QUESTIONS}/<id:question_id>")
@gives(QuestionnaireShape, takes=QuestionForm, refuses={409: None})
def change(questionnaire_id: int, question_id: int) -> Response:
    """Ask something else instead. One that has answers retires with them; the one that takes its place has another id
    and the same lineage."""
    designed(questionnaire_id)
    change_as_sent(questionnaire_id, question_id, QuestionForm.of_json(json_body()))
    return _one(questionnaire_id)


@pages.put(f"{QUESTIONS}/<id:question_id>/position")
@gives(QuestionnaireShape, takes=PlaceForm, refuses={409: None})
def move(questionnaire_id: int, question_id: int) -> Response:
    """One place up or down."""
    move_as_sent(questionnaire_id, question_id, PlaceForm.of_json(json_body()))
    return _one(questionnaire_id)


@pages.delete(f"{QUESTIONS}/<id:question_id>")
@gives(QuestionnaireShape, refuses={409: None})
def remove(questionnaire_id: int, question_id: int) -> Response:
    """Ask it no more; the answers that it has are kept."""
    remove_now(questionnaire_id, question_id)
    return _one(questionnaire_id)


def _one(questionnaire_id: int) -> Response:
    here = designed(questionnaire_id)
    return jsonify(questionnaire_shape(here.questionnaire, asked_here(here.questionnaire)))
