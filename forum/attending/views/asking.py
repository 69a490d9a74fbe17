"""Asking a question, putting it otherwise, seconding."""

from flask import flash, render_template
from sqlalchemy import Row
from werkzeug.wrappers import Response as BaseResponse

from forum.attending import actions, queries, rules
from forum.attending.forms import AudienceQuestionForm, HidingForm, QuestionAnswerForm, QuestionChangeForm
from forum.attending.views.blueprint import back_to_live, pages, seen_workshop
from forum.core.db import transaction
from forum.core.errors import Refused
from forum.core.forms import Shape
from forum.core.languages import current_speech
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.core.web import current_reader, signed_in_reader
from forum.workshops.queries import get_row

Asking = AudienceQuestionForm | QuestionChangeForm


@pages.get("/workshops/<id:workshop_id>/questions/new")
def new(workshop_id: int) -> str:
    """The form on a page of its own; with a script it stands on the live page."""
    signed_in_reader()
    return _form_page(seen_workshop(workshop_id), AudienceQuestionForm())


@pages.post("/workshops/<id:workshop_id>/questions")
def ask(workshop_id: int) -> BaseResponse | tuple[str, int]:
    """Ask."""
    reader, workshop, form = signed_in_reader(), seen_workshop(workshop_id), AudienceQuestionForm.sent()
    try:
        question_id = ask_as_sent(workshop, form, reader)
    except Refused as refused:
        form.take(refused)
        return _form_page(workshop, form, refused), refused.status
    flash(_("Your question is asked. Others can second it."))
    return back_to_live(workshop_id, question_id)


def ask_as_sent(workshop: Row, form: AudienceQuestionForm, reader: Reader) -> int:
    """For page and API: the question's id."""
    form.check()
    with transaction():
        return actions.ask(get_row(workshop.id), form.said(), by=reader, key=form.key.data)


def _form_page(workshop: Row, form: Asking, refused: Refused | None = None) -> str:
    form.offer(queries.talks_to_ask(workshop.id, current_speech().locale))
    takes = rules.takes_questions(workshop)
    return render_template("attending/ask.html", workshop=workshop, form=form, refused=refused, takes_questions=takes)


@pages.get("/workshops/<id:workshop_id>/questions/<id:question_id>")
def question(workshop_id: int, question_id: int) -> str:
    """One question: its asker changes it here, moderators answer and hide it."""
    return question_page(seen_workshop(workshop_id), question_id)


def question_page(workshop: Row, question_id: int, *, form: Shape | None = None, refused: Refused | None = None) -> str:
    """The page, with the form that was refused, if one was."""
    reader, language = current_reader(), current_speech().locale
    row = queries.get_question_row(workshop.id, question_id, reader=reader, language=language)
    forms = {
        "change_form": QuestionChangeForm(
            data={"words": row.words, "talk": str(row.talk_id or ""), "language": row.language}
        ),
        "hiding_form": HidingForm(data={"reason": row.hidden_reason}),
        "answer_form": QuestionAnswerForm(
            data={"words": row.answer, "link": f"/posts/{row.post_id}" if row.post_id else ""}
        ),
    }
    for name, fresh in forms.items():
        if form is not None and isinstance(form, type(fresh)):
            forms[name] = form
    forms["answer_form"]["words"].id = "answer-words"  # the other form of the page has words, too
    forms["change_form"].offer(queries.talks_to_ask(workshop.id, language))  # type: ignore[attr-defined]
    return render_template(
        "attending/question.html",
        workshop=workshop,
        one=row,
        may_change=rules.may_change(reader, row) and rules.takes_questions(workshop),
        moderates=rules.may_moderate(reader),
        takes_questions=rules.takes_questions(workshop),
        refused=refused,
        refused_form=form,
        unlisted=True,
        **forms,
    )


@pages.put("/workshops/<id:workshop_id>/questions/<id:question_id>")
def change(workshop_id: int, question_id: int) -> BaseResponse | tuple[str, int]:
    """Put it otherwise."""
    reader, workshop, form = signed_in_reader(), seen_workshop(workshop_id), QuestionChangeForm.sent()
    try:
        change_as_sent(workshop, question_id, form, reader)
    except Refused as refused:
        if not refused.fields:
            raise
        form.take(refused)
        return question_page(workshop, question_id, form=form, refused=refused), refused.status
    flash(_("Saved."))
    return back_to_live(workshop_id, question_id)


def change_as_sent(workshop: Row, question_id: int, form: QuestionChangeForm, reader: Reader) -> None:
    """For page and API."""
    form.check()
    with transaction():
        row = queries.get_question(workshop.id, question_id, reader=reader)
        actions.change(workshop, row, form.said(), by=reader)


@pages.delete("/workshops/<id:workshop_id>/questions/<id:question_id>")
def withdraw(workshop_id: int, question_id: int) -> BaseResponse:
    """Take it back."""
    withdraw_own(workshop_id, question_id)
    flash(_("Your question is taken back."))
    return back_to_live(workshop_id)


def withdraw_own(workshop_id: int, question_id: int) -> None:
    """For page and API."""
    reader, workshop = signed_in_reader(), seen_workshop(workshop_id)
    with transaction():
        actions.withdraw(queries.get_question(workshop.id, question_id, reader=reader), by=reader)


@pages.put("/workshops/<id:workshop_id>/questions/<id:question_id>/voice")
def second(workshop_id: int, question_id: int) -> BaseResponse:
    """Second it."""
    add_voice(workshop_id, question_id)
    return back_to_live(workshop_id, question_id)


def add_voice(workshop_id: int, question_id: int) -> None:
    """For page and API."""
    reader, workshop = signed_in_reader(), seen_workshop(workshop_id)
    with transaction():
        actions.second(workshop, queries.get_question(workshop.id, question_id, reader=reader), by=reader)


@pages.delete("/workshops/<id:workshop_id>/questions/<id:question_id>/voice")
def take_back(workshop_id: int, question_id: int) -> BaseResponse:
    """Take the voice back."""
    remove_voice(workshop_id, question_id)
    return back_to_live(workshop_id, question_id)


def remove_voice(workshop_id: int, question_id: int) -> None:
    """For page and API."""
    reader, workshop = signed_in_reader(), seen_workshop(workshop_id)
    with transaction():
        actions.take_back(workshop, queries.get_question(workshop.id, question_id, reader=reader), by=reader)
