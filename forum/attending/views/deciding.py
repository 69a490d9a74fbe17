"""What moderators do with a question."""

from collections.abc import Callable

from flask import flash
from werkzeug.wrappers import Response as BaseResponse

from forum.attending import actions, queries, rules
from forum.attending.forms import HidingForm, QuestionAnswerForm
from forum.attending.models import AudienceQuestion
from forum.attending.views.asking import question_page
from forum.attending.views.blueprint import back_to_live, pages, seen_workshop
from forum.core.db import transaction
from forum.core.errors import Forbidden, Invalid
from forum.core.forms import Shape
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.core.web import signed_in_reader

Decision = Callable[[AudienceQuestion, Reader], None]


def decide(workshop_id: int, question_id: int, form: Shape | None, decision: Decision) -> None:
    """For page and API: check what was sent, and do it. What the reader does not see is not there."""
    reader, workshop = signed_in_reader(), seen_workshop(workshop_id)
    if not rules.may_moderate(reader):
        raise Forbidden
    if form is not None:
        form.check()
    with transaction():
        decision(queries.get_question(workshop.id, question_id, reader=reader), reader)


def by_hiding(form: HidingForm) -> Decision:
    """Out of sight, for this reason."""
    return lambda row, by: actions.hide(row, reason=form.reason.data or "", by=by)


def by_letting_in(row: AudienceQuestion, by: Reader) -> None:
    """In sight of everybody."""
    actions.let_in(row, by=by)


def by_answering(form: QuestionAnswerForm) -> Decision:
    """Answered: so, there, or in the room."""
    return lambda row, by: actions.answer(row, words=form.words.data or "", link=form.link.data or "", by=by)


def by_asking_again(row: AudienceQuestion, by: Reader) -> None:
    """Open again."""
    actions.take_answer_back(row, by=by)


def _answer_page(
    workshop_id: int, question_id: int, form: Shape | None, decision: Decision, done: str
) -> BaseResponse | tuple[str, int]:
    try:
        decide(workshop_id, question_id, form, decision)
    except Invalid as refused:
        assert form is not None, "only what was sent can be wrong"
        form.take(refused)
        return question_page(seen_workshop(workshop_id), question_id, form=form, refused=refused), refused.status
    flash(done)
    return back_to_live(workshop_id, question_id)


@pages.put("/workshops/<id:workshop_id>/questions/<id:question_id>/hiding")
def hide(workshop_id: int, question_id: int) -> BaseResponse | tuple[str, int]:
    """Take it out of sight."""
    form = HidingForm.sent()
    done = _("Hidden. Its asker and the moderators see it with the reason.")
    return _answer_page(workshop_id, question_id, form, by_hiding(form), done)


@pages.delete("/workshops/<id:workshop_id>/questions/<id:question_id>/hiding")
def let_in(workshop_id: int, question_id: int) -> BaseResponse | tuple[str, int]:
    """Let everybody see it."""
    return _answer_page(workshop_id, question_id, None, by_letting_in, _("Everybody sees the question now."))


@pages.put("/workshops/<id:workshop_id>/questions/<id:question_id>/answer")
def answer(workshop_id: int, question_id: int) -> BaseResponse | tuple[str, int]:
    """It is answered."""
    form = QuestionAnswerForm.sent()
    return _answer_page(
        workshop_id, question_id, form, by_answering(form), _("It stands among the answered questions.")
    )


@pages.delete("/workshops/<id:workshop_id>/questions/<id:question_id>/answer")
def take_answer_back(workshop_id: int, question_id: int) -> BaseResponse | tuple[str, int]:
    """It is not, after all."""
    return _answer_page(workshop_id, question_id, None, by_asking_again, _("The question is open again."))
