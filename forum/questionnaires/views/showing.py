"""The desk of a questionnaire, and its preview."""

from dataclasses import dataclass

from flask import render_template, url_for

from forum.core.languages import current_speech
from forum.core.reader import Reader
from forum.core.web import signed_in_reader
from forum.questionnaires import queries
from forum.questionnaires.forms import kinds
from forum.questionnaires.models import Questionnaire
from forum.questionnaires.queries import Asked
from forum.questionnaires.rules import Seen, subject_of
from forum.questionnaires.views.blueprint import pages


@dataclass(frozen=True)
class Designed:
    """A questionnaire for somebody who may design it, what it belongs to, and the address of that."""

    questionnaire: Questionnaire
    subject: Seen
    reader: Reader
    url: str


def designed(questionnaire_id: int) -> Designed:
    """The door of every page here; raises NotFound and Forbidden."""
    reader, language = signed_in_reader(), current_speech().locale
    questionnaire = queries.get_questionnaire(questionnaire_id)
    subject = subject_of(questionnaire, reader, language)
    return Designed(questionnaire, subject, reader, url_for(subject.endpoint, **subject.values))


def asked_here(questionnaire: Questionnaire) -> list[Asked]:
    """What it asks, in the reader's language."""
    return queries.asked_of(questionnaire, current_speech().locale)


@pages.get("/questionnaires/<id:questionnaire_id>")
def show(questionnaire_id: int) -> str:
    """Its questions in order, each with what can be done with it."""
    here = designed(questionnaire_id)
    return render_template(
        "questionnaires/desk.html",
        here=here,
        asked=asked_here(here.questionnaire),
        kinds=kinds(),
        answered=queries.answered_questions(here.questionnaire.id),
    )


@pages.get("/questionnaires/<id:questionnaire_id>/preview")
def preview(questionnaire_id: int) -> str:
    """As those who answer see it, in the language of the address; nothing can be sent."""
    here = designed(questionnaire_id)
    return render_template("questionnaires/preview.html", here=here, asked=asked_here(here.questionnaire))
