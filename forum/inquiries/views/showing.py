"""The list of surveys, and one of them."""

from flask import render_template
from sqlalchemy import Row

from forum.core import clock
from forum.core.languages import current_speech
from forum.core.web import signed_in_reader
from forum.inquiries import queries, rules
from forum.inquiries.views.blueprint import pages
from forum.questionnaires import queries as questionnaires
from forum.questionnaires.models import HolderKind


def seen(survey_id: int) -> Row:
    """The survey, for who is signed in and may know of it."""
    return queries.get_survey(survey_id, reader=signed_in_reader(), language=current_speech().locale)


@pages.get("/surveys")
def index() -> str:
    """What is open to the reader, what is over, and for managers what is to come."""
    reader, now = signed_in_reader(), clock.now()
    rows = queries.surveys_for(reader, current_speech().locale)
    open_now = [one for one in rows if rules.is_open(one, now)]
    return render_template(
        "inquiries/index.html",
        mine=sorted((one for one in open_now if one.asks_me and one.questions), key=lambda one: one.closes_at),
        others=[one for one in open_now if not (one.asks_me and one.questions)],
        coming=[one for one in rows if one.opens_at > now],
        past=[one for one in rows if rules.is_closed(one, now)],
        may_manage=rules.may_manage_surveys(reader),
        sees=lambda row: sees_results(row, now),
        now=now,
    )


def sees_results(row: Row, now: object) -> bool:
    """May the reader look at what came of it?"""
    return rules.may_see_results(
        signed_in_reader(),
        results_for=row.results_for,
        has_answered=row.sheet_state == "sent",
        closed=row.closes_at <= now,
    )


@pages.get("/surveys/<id:survey_id>")
def show(survey_id: int) -> str:
    """What it is for, until when, what the reader has answered, and what waits for their word."""
    survey, reader, now = seen(survey_id), signed_in_reader(), clock.now()
    language = current_speech().locale
    sheet = queries.own_sheet(survey, reader)
    questionnaire = questionnaires.get_questionnaire(survey.questionnaire_id)
    waiting = queries.approving(survey, reader, language) if rules.is_open(survey, now) else []
    read = [sheet] if sheet else []
    given = questionnaires.answers_of(one.id for one in (*read, *(one for one, _name in waiting)))
    town = reader.municipality_id if survey.voice == HolderKind.MUNICIPALITY else None
    return render_template(
        "inquiries/show.html",
        survey=survey,
        sheet=sheet,
        asked=questionnaires.asked_of(questionnaire, language, answered_on=sheet.id if sheet else None),
        waiting=waiting,
        given=given,
        said_of=questionnaires.said,
        is_open=rules.is_open(survey, now),
        is_closed=rules.is_closed(survey, now),
        may_write=rules.may_write(reader, sheet),
        may_manage=rules.may_manage_surveys(reader),
        sees_results=sees_results(survey, now),
        focal_points=queries.focal_points(town) if town else (),
        colleagues=queries.colleagues_of(town, but=reader.member_id) if town else 0,
    )
