"""What came of a survey: charts and tables, a sheet, and a topic for each chart."""

from flask import Response, flash, redirect, render_template, url_for
from sqlalchemy import Row
from werkzeug.wrappers import Response as BaseResponse

from forum.core import clock
from forum.core.db import transaction
from forum.core.errors import Forbidden
from forum.core.languages import current_speech
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.core.web import signed_in_reader
from forum.inquiries import actions, queries, rules
from forum.inquiries.queries import Results
from forum.inquiries.shapes import results_sheet
from forum.inquiries.views.blueprint import pages
from forum.inquiries.views.keeping import managed
from forum.inquiries.views.showing import seen, sees_results


def resulting(survey_id: int) -> tuple[Row, Reader, Results]:
    """What came of it, for those who may see it."""
    survey, reader = seen(survey_id), signed_in_reader()
    now = clock.now()
    if not sees_results(survey, now):
        closed = rules.is_closed(survey, now)
        raise Forbidden(None if closed else _("The results are shown once the survey is closed."))
    return survey, reader, queries.results_of(survey, reader, current_speech().locale)


@pages.get("/surveys/<id:survey_id>/results")
def results(survey_id: int) -> str:
    """Each question with its chart and its numbers."""
    survey, reader, found = resulting(survey_id)
    manages = rules.may_manage_surveys(reader)
    return render_template(
        "inquiries/results.html",
        survey=survey,
        results=found,
        manages=manages,
        topics=queries.topics_of(survey_id, reader),
        last_time=survey.previous_id,
    )


@pages.get("/surveys/<id:survey_id>/results.csv")
def table(survey_id: int) -> Response:
    """The same numbers for a spreadsheet; that somebody took them along is written down."""
    managed(survey_id)
    survey, reader, found = resulting(survey_id)
    with transaction():
        actions.note_export(survey.id, by=reader)
    response = Response(results_sheet(found), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="survey-{survey_id}.csv"'
    return response


@pages.post("/surveys/<id:survey_id>/questions/<id:question_id>/topic")
def discuss(survey_id: int, question_id: int) -> BaseResponse:
    """A topic begins with the numbers; a second press leads to the same one."""
    topic_id = discuss_now(survey_id, question_id)
    flash(_("The topic begins with the numbers of this question."))
    return redirect(url_for("topics.show", topic_id=topic_id, slug=None), 303)


def discuss_now(survey_id: int, question_id: int) -> int:
    """For page and API."""
    _survey, reader = managed(survey_id)
    with transaction():
        survey = seen(survey_id)
        return actions.start_topic(survey, question_id, by=reader, language=current_speech().locale)
