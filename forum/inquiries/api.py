"""JSON of surveys."""

from flask import Blueprint, Response, jsonify

from forum.core import clock
from forum.core.api import AllOf, all_of, json_body
from forum.core.errors import Invalid
from forum.core.languages import current_speech
from forum.core.languages import gettext as _
from forum.core.openapi import gives
from forum.core.web import signed_in_reader
from forum.inquiries import queries, rules
from forum.inquiries.forms import ApprovalForm, SurveyForm
from forum.inquiries.shapes import (
    AnswersToSend,
    FocalPointShape,
    ResultsShape,
    SurveyAnswersShape,
    SurveyShape,
    SurveyTopicShape,
    WaitingSheetShape,
    focal_point_shape,
    results_shape,
    survey_answers_shape,
    survey_shape,
    waiting_sheet_shape,
)
from forum.inquiries.views.answering import answer_as_sent, approve_as_sent, asked_here, asked_survey, begun
from forum.inquiries.views.keeping import add_as_sent, change_as_sent, close_now, managed
from forum.inquiries.views.naming import POINTS, name_now, points_of, unname_now
from forum.inquiries.views.resulting import discuss_now, resulting
from forum.inquiries.views.showing import seen
from forum.questionnaires import queries as questionnaires
from forum.questionnaires.actions import read_answers, sent_of_json
from forum.questionnaires.queries.telling import answers_shape

pages = Blueprint("inquiries_api", __name__, url_prefix="/api/v1")


@pages.get("/surveys")
@gives(AllOf[SurveyShape], guests=False)
def surveys() -> Response:
    """Those that ask the reader, and for managers all; the last to close first."""
    now = clock.now()
    rows = queries.surveys_for(signed_in_reader(), current_speech().locale)
    return all_of(survey_shape(row, now) for row in rows)


@pages.post("/surveys")
@gives(SurveyShape, 201, takes=SurveyForm, refuses={409: None})
def add() -> tuple[Response, int]:
    """Make one; for managers. A yearly one with `previous` asks what that one asked."""
    return _one(add_as_sent(SurveyForm.of_json(json_body()))), 201


@pages.get("/surveys/<id:survey_id>")
@gives(SurveyShape, guests=False)
def show(survey_id: int) -> Response:
    """One."""
    return _one(survey_id)


@pages.put("/surveys/<id:survey_id>")
@gives(SurveyShape, takes=SurveyForm, refuses={409: None})
def change(survey_id: int) -> Response:
    """Other texts and times, until it is closed; for managers."""
    managed(survey_id)
    change_as_sent(survey_id, SurveyForm.of_json(json_body()))
    return _one(survey_id)


@pages.put("/surveys/<id:survey_id>/closing")
@gives(SurveyShape)
def close(survey_id: int) -> Response:
    """No answers any more; for managers."""
    close_now(survey_id)
    return _one(survey_id)


@pages.get("/surveys/<id:survey_id>/answers")
@gives(SurveyAnswersShape, guests=False)
def answers(survey_id: int) -> Response:
    """What is asked, and what the reader, or their municipality, has answered."""
    return _answers(survey_id)


@pages.put("/surveys/<id:survey_id>/answers")
@gives(SurveyAnswersShape, takes=AnswersToSend, refuses={409: None})
def answer(survey_id: int) -> Response:
    """Answer, or answer anew. A refusal names a question by `q` and its lineage."""
    survey, _reader = asked_survey(survey_id)
    body = json_body()
    numbers = {}
    for name in ("edition", "version"):
        value = body.get(name)
        if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
            raise Invalid(fields={name: _("This must be a whole number.")})
        numbers[name] = value
    sent = sent_of_json(asked_here(survey), body.get("answers"))
    answer_as_sent(survey_id, sent, as_draft=body.get("draft") is True, **numbers)
    return _answers(survey_id)


@pages.get("/surveys/<id:survey_id>/approval")
@gives(AllOf[WaitingSheetShape], guests=False)
def waiting(survey_id: int) -> Response:
    """The answers of municipalities that wait for the reader's word."""
    survey, language = seen(survey_id), current_speech().locale
    asked = asked_here(survey)
    rows = queries.approving(survey, signed_in_reader(), language) if rules.is_open(survey, clock.now()) else []
    given = questionnaires.answers_of(sheet.id for sheet, _name in rows)
    return all_of(
        waiting_sheet_shape(sheet, name, answers_shape(asked, given.get(sheet.id, {}))) for sheet, name in rows
    )


@pages.put("/surveys/<id:survey_id>/approval")
@gives(AllOf[WaitingSheetShape], takes=ApprovalForm, refuses={409: None})
def approve(survey_id: int) -> Response:
    """Stand behind one of them, as it was read; those that still wait come back."""
    approve_as_sent(survey_id, ApprovalForm.of_json(json_body()))
    return waiting(survey_id)


@pages.get("/surveys/<id:survey_id>/results")
@gives(ResultsShape, guests=False)
def results(survey_id: int) -> Response:
    """What came of it once it is closed: for managers, and for who has answered where it was made so."""
    return jsonify(results_shape(resulting(survey_id)[2]))


@pages.post("/surveys/<id:survey_id>/questions/<id:question_id>/topic")
@gives(SurveyTopicShape, refuses={409: None})
def discuss(survey_id: int, question_id: int) -> Response:
    """A topic that begins with the numbers of a question, or the one that there is; for managers."""
    return jsonify({"topic": discuss_now(survey_id, question_id)})


@pages.get(POINTS)
@gives(AllOf[FocalPointShape], guests=False)
def focal_points(municipality_id: int) -> Response:
    """Who stands behind what a municipality answers; for managers."""
    return all_of(map(focal_point_shape, points_of(municipality_id)))


@pages.put(f"{POINTS}/<id:member_id>")
@gives(AllOf[FocalPointShape])
def name(municipality_id: int, member_id: int) -> Response:
    """They do from now on; for managers."""
    name_now(municipality_id, member_id)
    return focal_points(municipality_id)


@pages.delete(f"{POINTS}/<id:member_id>")
@gives(AllOf[FocalPointShape])
def unname(municipality_id: int, member_id: int) -> Response:
    """They do not any more; for managers."""
    unname_now(municipality_id, member_id)
    return focal_points(municipality_id)


def _one(survey_id: int) -> Response:
    return jsonify(survey_shape(seen(survey_id), clock.now()))


def _answers(survey_id: int) -> Response:
    survey, reader = asked_survey(survey_id)
    sheet = queries.own_sheet(survey, reader)
    questionnaire = questionnaires.get_questionnaire(survey.questionnaire_id)
    asked, answered_on = asked_here(survey), sheet.id if sheet else None
    given = questionnaires.answers_on(sheet)
    if sheet is None:
        given = read_answers(asked, begun(survey, asked, sheet, reader), whole=False).answers
    else:
        asked = questionnaires.asked_of(questionnaire, current_speech().locale, answered_on=answered_on)
    may_write = rules.may_write(reader, sheet) and rules.is_open(survey, clock.now())
    return jsonify(survey_answers_shape(questionnaire, asked, sheet, given, may_write=may_write))
