"""Questions: added, changed, moved, removed, by whoever may design the questionnaire."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse
from wtforms.fields import SelectChoice

from forum.core import submissions
from forum.core.db import transaction
from forum.core.errors import Invalid, Refused
from forum.core.languages import gettext as _
from forum.core.web import signed_in_reader
from forum.questionnaires import actions, queries
from forum.questionnaires.forms import PlaceForm, QuestionForm, kinds
from forum.questionnaires.models import Question, QuestionKind
from forum.questionnaires.views.blueprint import pages
from forum.questionnaires.views.showing import Designed, asked_here, designed

QUESTIONS = "/questionnaires/<id:questionnaire_id>/questions"


@pages.get(f"{QUESTIONS}/new")
def new(questionnaire_id: int) -> str:
    """The form for one of the kind in `?kind=`."""
    here = designed(questionnaire_id)
    kind = request.args.get("kind", "")
    shown = {"kind": kind if kind in list(QuestionKind) else str(QuestionKind.CHOICE)}
    return _page(here, QuestionForm(data=shown | {"at_least": 1, "at_most": 5} if kind == "scale" else shown))


@pages.post(QUESTIONS)
def add(questionnaire_id: int) -> BaseResponse | tuple[str, int]:
    """Put it at the end."""
    here, form = designed(questionnaire_id), QuestionForm.sent()
    try:
        add_as_sent(questionnaire_id, form)
    except Refused as refused:
        form.take(refused)
        return _page(here, form, refused=refused), refused.status
    flash(_("The question is added."))
    return redirect(url_for("questionnaires.show", questionnaire_id=questionnaire_id), 303)


def add_as_sent(questionnaire_id: int, form: QuestionForm) -> int:
    """Its id; for page and API."""
    reader = signed_in_reader()
    form.check()
    plan = form.plan()
    body = submissions.body_hash("question", questionnaire_id, *form.said())
    with transaction():
        here = designed(questionnaire_id)
        earlier = submissions.find_earlier(member_id=reader.member_id, key=form.key.data, body=body)
        if earlier is not None:
            return earlier
        question = actions.add_question(here.questionnaire, plan, by=reader)
        submissions.remember(member_id=reader.member_id, key=form.key.data, body=body, subject_id=question.id)
        return question.id


@pages.get(f"{QUESTIONS}/<id:question_id>")
def edit_page(questionnaire_id: int, question_id: int) -> str:
    """The form with what it asks now."""
    here = designed(questionnaire_id)
    question = queries.get_question(here.questionnaire, question_id)
    return _page(here, QuestionForm(data=QuestionForm.shown(actions.plan_of(question))), question)


@pages.put(f"{QUESTIONS}/<id:question_id>")
def edit(questionnaire_id: int, question_id: int) -> BaseResponse | tuple[str, int]:
    """Ask something else instead."""
    here, form = designed(questionnaire_id), QuestionForm.sent()
    question = queries.get_question(here.questionnaire, question_id)
    try:
        changed_id = change_as_sent(questionnaire_id, question_id, form)
    except Refused as refused:
        form.take(refused)
        question = queries.get_question(here.questionnaire, question_id)
        return _page(here, form, question, refused=refused), refused.status
    if changed_id == question_id:
        flash(_("The question is changed."))
    else:
        flash(_("The new question takes the place of the old one, which keeps the answers that it has."))
    return redirect(url_for("questionnaires.show", questionnaire_id=questionnaire_id), 303)


def change_as_sent(questionnaire_id: int, question_id: int, form: QuestionForm) -> int:
    """The id of the question that is asked now; for page and API."""
    form.check()
    plan = form.plan()
    with transaction():
        here = designed(questionnaire_id)
        question = queries.get_question(here.questionnaire, question_id)
        return actions.change_question(question, plan, by=here.reader).id


@pages.put(f"{QUESTIONS}/<id:question_id>/position")
def move(questionnaire_id: int, question_id: int) -> BaseResponse:
    """One place up or down."""
    move_as_sent(questionnaire_id, question_id, PlaceForm.sent())
    address = url_for("questionnaires.show", questionnaire_id=questionnaire_id, _anchor=f"question-{question_id}")
    return redirect(address, 303)


def move_as_sent(questionnaire_id: int, question_id: int, form: PlaceForm) -> None:
    """For page and API."""
    designed(questionnaire_id)
    form.check()
    if form.to.data not in ("up", "down"):
        raise Invalid(fields={"to": _("Choose one of these.")})
    with transaction():
        here = designed(questionnaire_id)
        question = queries.get_question(here.questionnaire, question_id)
        actions.move_question(question, up=form.to.data == "up", by=here.reader)


@pages.delete(f"{QUESTIONS}/<id:question_id>")
def remove(questionnaire_id: int, question_id: int) -> BaseResponse:
    """Ask it no more."""
    if remove_now(questionnaire_id, question_id):
        flash(_("The question is asked no more. The answers that it has are kept."))
    else:
        flash(_("The question is removed."))
    return redirect(url_for("questionnaires.show", questionnaire_id=questionnaire_id), 303)


def remove_now(questionnaire_id: int, question_id: int) -> bool:
    """Has it answers, that are kept? For page and API."""
    designed(questionnaire_id)
    with transaction():
        here = designed(questionnaire_id)
        return actions.remove_question(queries.get_question(here.questionnaire, question_id), by=here.reader)


def _page(here: Designed, form: QuestionForm, question: Question | None = None, refused: Refused | None = None) -> str:
    """A condition leans on a question that stands before."""
    asked = asked_here(here.questionnaire)
    place = next((one.number for one in asked if question is not None and one.id == question.id), len(asked) + 1)
    form.shown_if.choices = [SelectChoice("", _("Always"))] + [
        SelectChoice(f"{one.lineage}-{option.lineage}", f"{one.words}: {option.words}")
        for one in asked
        for option in one.options
        if one.kind in actions.LEANED_ON and one.number < place
    ]
    return render_template(
        "questionnaires/question.html",
        here=here,
        form=form,
        question=question,
        kind=next((one.label for one in kinds() if one.value == form.kind.data), ""),
        has_answers=question is not None and queries.has_answers(question.id),
        refused=refused,
    )
