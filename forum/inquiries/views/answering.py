"""Answering: the form, and a municipality's approval."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from sqlalchemy import Row
from werkzeug.wrappers import Response as BaseResponse

from forum.core import clock
from forum.core.db import transaction
from forum.core.errors import Conflict, Forbidden, Invalid
from forum.core.languages import current_speech, to_latin_digits
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.core.web import signed_in_reader
from forum.inquiries import actions, queries, rules
from forum.inquiries.forms import ApprovalForm
from forum.inquiries.views.blueprint import pages
from forum.inquiries.views.showing import seen
from forum.questionnaires import queries as questionnaires
from forum.questionnaires.actions import read_answers
from forum.questionnaires.models import AnswerSheet, SheetState
from forum.questionnaires.queries import Asked

Sent = Mapping[str, Sequence[str]]


def asked_survey(survey_id: int) -> tuple[Row, Reader]:
    """The survey, for those whom it asks."""
    survey, reader = seen(survey_id), signed_in_reader()
    if not survey.asks_me:
        raise Forbidden
    return survey, reader


def asked_here(survey: Row) -> list[Asked]:
    """What it asks now."""
    questionnaire = questionnaires.get_questionnaire(survey.questionnaire_id)
    return questionnaires.asked_of(questionnaire, current_speech().locale)


@pages.get("/surveys/<id:survey_id>/answers")
def answer_page(survey_id: int) -> BaseResponse | str:
    """The form with what was answered, or with what was answered last time."""
    survey, reader = asked_survey(survey_id)
    sheet = queries.own_sheet(survey, reader)
    if not rules.is_open(survey, clock.now()) or not rules.may_write(reader, sheet):
        return redirect(url_for("inquiries.show", survey_id=survey_id))
    asked = asked_here(survey)
    return _page(survey, asked, begun(survey, asked, sheet, reader), sheet)


def begun(survey: Row, asked: Sequence[Asked], sheet: AnswerSheet | None, reader: Reader) -> Sent:
    """What the form holds at first."""
    if sheet is not None and sheet.version:
        return questionnaires.as_sent(asked, questionnaires.answers_on(sheet))
    return queries.prefilled(survey, reader, current_speech().locale)


@pages.put("/surveys/<id:survey_id>/answers")
def answer(survey_id: int) -> BaseResponse | tuple[str, int]:
    """Keep what was answered; what cannot be comes back with all that was written."""
    survey, reader = asked_survey(survey_id)
    sent = {name: request.form.getlist(name) for name in request.form if name.startswith("q")}
    numbers = {name: _number(request.form.get(name)) for name in ("edition", "version")}
    as_draft = request.form.get("do") == "draft"
    errors: dict[str, str] = {}
    try:
        sheet = answer_as_sent(survey_id, sent, as_draft=as_draft, **numbers)
    except (Invalid, Conflict) as refused:
        if isinstance(refused, Invalid):
            errors = refused.fields
        survey = seen(survey_id)
        own = queries.own_sheet(survey, reader)
        return _page(survey, asked_here(survey), sent, own, errors, refused), refused.status
    flash(_told(sheet))
    return redirect(url_for("inquiries.show", survey_id=survey_id), 303)


def _told(sheet: AnswerSheet) -> str:
    if sheet.state == SheetState.DRAFT:
        return _("Your draft is kept. It does not count yet.")
    if sheet.state == SheetState.PROPOSED:
        return _("The answers wait for the approval of your municipality.")
    return _("Thank you: your answers count. You can change them until the survey closes.")


def answer_as_sent(
    survey_id: int, sent: Sent, *, as_draft: bool, edition: int | None, version: int | None
) -> AnswerSheet:
    """For page and API; Invalid names the fields of the form."""
    survey, reader = asked_survey(survey_id)
    language = current_speech().locale
    with transaction():
        survey = queries.get_survey(survey_id, reader=reader, language=language)
        asked = asked_here(survey)
        answers, errors = read_answers(asked, sent, whole=not as_draft)
        if errors and rules.is_open(survey, clock.now()):
            raise Invalid(fields=errors)
        return actions.answer(
            survey, answers, by=reader, language=language, as_draft=as_draft, edition=edition, version=version
        )


@pages.put("/surveys/<id:survey_id>/approval")
def approve(survey_id: int) -> BaseResponse:
    """Stand behind what a municipality answers."""
    approve_as_sent(survey_id, ApprovalForm.sent())
    flash(_("Approved: the answers of the municipality count."))
    return redirect(url_for("inquiries.show", survey_id=survey_id), 303)


def approve_as_sent(survey_id: int, form: ApprovalForm) -> None:
    """For page and API."""
    seen(survey_id)
    form.check()
    with transaction():
        survey = seen(survey_id)
        reader, sheet_id = signed_in_reader(), form.sheet.data or 0
        actions.approve(survey, sheet_id, by=reader, version=form.version.data)


def _number(words: str | None) -> int | None:
    text = to_latin_digits(words or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _page(
    survey: Row,
    asked: Sequence[Asked],
    sent: Sent,
    sheet: AnswerSheet | None,
    errors: Mapping[str, str] | None = None,
    refused: Any = None,
) -> str:
    reader = signed_in_reader()
    town = reader.municipality_id if survey.voice == "municipality" else None
    is_first = sheet is None or not sheet.version
    return render_template(
        "inquiries/answer.html",
        survey=survey,
        asked=asked,
        sent=sent,
        sheet=sheet,
        errors=errors or {},
        refused=refused,
        edition=questionnaires.get_questionnaire(survey.questionnaire_id).version,
        is_open=rules.is_open(survey, clock.now()),
        from_last_time=bool(sent) and is_first and refused is None,
        may_draft=sheet is None or sheet.state == SheetState.DRAFT,
        sends=town is None or rules.is_focal_point(reader),
        focal_points=queries.focal_points(town) if town else (),
    )
