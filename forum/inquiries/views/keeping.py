"""Making a survey, changing it, closing it: for managers."""

from flask import flash, redirect, render_template, request, url_for
from sqlalchemy import Row
from werkzeug.wrappers import Response as BaseResponse
from wtforms.fields import SelectChoice

from forum.core import clock, submissions
from forum.core.db import transaction
from forum.core.door import reader_who
from forum.core.errors import Forbidden, Refused
from forum.core.languages import LANGUAGES, current_speech, utc_to_wall, zone_name
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.core.web import signed_in_reader
from forum.inquiries import actions, queries, rules
from forum.inquiries.forms import SurveyForm
from forum.inquiries.models import Occasion
from forum.inquiries.views.blueprint import pages
from forum.inquiries.views.showing import seen
from forum.spaces.queries import readable_spaces
from forum.workshops.queries import manageable


def managed(survey_id: int) -> tuple[Row, Reader]:
    """The survey, for a manager who may read where it stands."""
    survey, reader = seen(survey_id), signed_in_reader()
    if not rules.may_manage_surveys(reader):
        raise Forbidden
    return survey, reader


@pages.get("/surveys/new")
def new() -> str:
    """The form; `?workshop=12` begins with an event, `?previous=3` with the one of last time."""
    reader = reader_who(rules.may_manage_surveys)
    workshop, previous = request.args.get("workshop", ""), request.args.get("previous", "")
    occasion = Occasion.AFTER if workshop else Occasion.YEARLY
    return _page(SurveyForm(data={"occasion": str(occasion), "workshop": workshop, "previous": previous}), reader)


@pages.post("/surveys")
def add() -> BaseResponse | tuple[str, int]:
    """Make it; then its questions."""
    reader, form = reader_who(rules.may_manage_surveys), SurveyForm.sent()
    try:
        survey_id = add_as_sent(form)
    except Refused as refused:
        form.take(refused)
        return _page(form, reader, refused=refused), refused.status
    flash(_("The survey is made. Now say what it asks."))
    survey = seen(survey_id)
    return redirect(url_for("questionnaires.show", questionnaire_id=survey.questionnaire_id), 303)


def add_as_sent(form: SurveyForm) -> int:
    """Its id; for page and API."""
    reader = reader_who(rules.may_manage_surveys)
    form.check()
    plan, key, body = form.plan(), form.key.data, submissions.body_hash("survey", *form.said())
    with transaction():
        earlier = submissions.find_earlier(member_id=reader.member_id, key=key, body=body)
        if earlier is not None:
            return earlier
        survey = actions.add_survey(plan, by=reader)
        submissions.remember(member_id=reader.member_id, key=key, body=body, subject_id=survey.id)
        return survey.id


@pages.get("/surveys/<id:survey_id>/edit")
def edit_page(survey_id: int) -> str:
    """The form with what holds now."""
    survey, reader = managed(survey_id)
    texts = queries.texts_of(survey_id)
    held = {name: str(getattr(survey, name)) for name in ("occasion", "voice", "results_for")}
    held |= {"opens": _wall(survey.opens_at), "closes": _wall(survey.closes_at)}
    for language in LANGUAGES:
        text = texts.get(language)
        held |= {f"title_{language}": text.title if text else "", f"words_{language}": text.words if text else ""}
    return _page(SurveyForm(data=held), reader, survey)


@pages.put("/surveys/<id:survey_id>")
def edit(survey_id: int) -> BaseResponse | tuple[str, int]:
    """Other texts and times."""
    (survey, reader), form = managed(survey_id), SurveyForm.sent()
    try:
        change_as_sent(survey_id, form)
    except Refused as refused:
        form.take(refused)
        return _page(form, reader, survey, refused=refused), refused.status
    flash(_("The survey is changed."))
    return redirect(url_for("inquiries.show", survey_id=survey_id), 303)


def change_as_sent(survey_id: int, form: SurveyForm) -> None:
    """For page and API."""
    survey, reader = managed(survey_id)
    form.check()
    plan = form.plan(held=(_wall(survey.opens_at), survey.opens_at))
    with transaction():
        actions.change_survey(queries.get_row(survey_id), plan, by=reader)


@pages.put("/surveys/<id:survey_id>/closing")
def close(survey_id: int) -> BaseResponse:
    """No answers any more."""
    close_now(survey_id)
    flash(_("The survey is closed."))
    return redirect(url_for("inquiries.show", survey_id=survey_id), 303)


def close_now(survey_id: int) -> None:
    """For page and API."""
    _survey, reader = managed(survey_id)
    with transaction():
        actions.close_survey(queries.get_row(survey_id), by=reader)


def _wall(moment: object) -> str:
    return utc_to_wall(moment, current_speech().zone).strftime("%Y-%m-%dT%H:%M")


def _page(form: SurveyForm, reader: Reader, survey: Row | None = None, *, refused: Refused | None = None) -> str:
    language = current_speech().locale
    if survey is None:
        nothing = SelectChoice("", _("No earlier survey"))
        events, yearly = manageable(reader, language), queries.yearly_before(reader, language)
        form.space.choices = [SelectChoice(str(row.id), row.name) for row in readable_spaces(reader, language)]
        form.workshop.choices = [
            SelectChoice("", _("No event")),
            *(SelectChoice(str(row.id), row.title) for row in events),
        ]
        form.previous.choices = [nothing, *(SelectChoice(str(row.id), row.title) for row in yearly)]
    return render_template(
        "inquiries/edit.html",
        form=form,
        survey=survey,
        refused=refused,
        zone=zone_name(current_speech().zone),
        has_begun=survey is not None and survey.opens_at <= clock.now(),
    )
