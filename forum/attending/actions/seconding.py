"""Voices behind questions: one of each member."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete, func, select

from forum.attending import rules
from forum.attending.actions.asking import check_open
from forum.attending.actions.telling import seconded
from forum.attending.models import AskedState, AudienceQuestion, QuestionVoice
from forum.core import clock
from forum.core.db import db, insert
from forum.core.errors import Conflict, Forbidden
from forum.core.languages import gettext as _
from forum.core.reader import Reader


def second(workshop: Any, question: AudienceQuestion, *, by: Reader) -> None:
    """The reader wants to hear this too; twice does no harm. The question is held."""
    _check(workshop, question, by)
    row = insert(QuestionVoice).values(question_id=question.id, member_id=by.member_id, cast_at=clock.now())
    db.session.execute(row.on_conflict_do_nothing(index_elements=["question_id", "member_id"]))
    _count(question)


def take_back(workshop: Any, question: AudienceQuestion, *, by: Reader) -> None:
    """The reader does not, after all."""
    _check(workshop, question, by)
    mine = (QuestionVoice.question_id == question.id, QuestionVoice.member_id == by.member_id)
    db.session.execute(delete(QuestionVoice).where(*mine))
    _count(question)


def _check(workshop: Any, question: AudienceQuestion, by: Reader) -> None:
    if not by.is_authenticated:
        raise Forbidden
    check_open(workshop)
    if rules.is_asker(by, question):
        raise Forbidden(_("It is your own question; others second it."))
    if question.answered_at is not None:
        raise Conflict(_("This question is answered."))
    if question.state != AskedState.SHOWN:
        raise Conflict(_("A moderator has not let everybody see it; it takes no voices."))


def _count(question: AudienceQuestion) -> None:
    query = select(func.count()).where(QuestionVoice.question_id == question.id)
    before, question.seconds = question.seconds, db.session.scalar(query) or 0
    if before != question.seconds:
        seconded(question)


def count_voices(question_ids: Iterable[int]) -> None:
    """Anew, where accounts became one or somebody left."""
    for question in db.session.scalars(select(AudienceQuestion).where(AudienceQuestion.id.in_(list(question_ids)))):
        _count(question)
