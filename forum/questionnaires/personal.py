"""What is held of a person here: the sheets that they filled in, for themselves or for their municipality."""

from collections.abc import Mapping

from sqlalchemy import select

from forum.core.db import db
from forum.core.personal import Erased, Held, Merged, Part, Rows, Who
from forum.questionnaires import queries
from forum.questionnaires.actions import remove_sheet
from forum.questionnaires.models import AnswerSheet, HolderKind, Questionnaire, SheetState


def _answers(who: Who) -> Mapping[str, Rows]:
    """What they answered, question by question, in the language in which they answered."""
    query = select(AnswerSheet, Questionnaire).join(Questionnaire, Questionnaire.id == AnswerSheet.questionnaire_id)
    rows = []
    for sheet, questionnaire in db.session.execute(
        query.where(AnswerSheet.member_id == who.id).order_by(AnswerSheet.id)
    ):
        given = queries.answers_on(sheet)
        for question in queries.asked_of(questionnaire, sheet.language, answered_on=sheet.id):
            if question.id in given:
                said = queries.said(question, given[question.id])
                rows.append({"sheet": sheet.id, "question": question.words, "answer": said})
    return {"answers": rows}


def _of(who: Who) -> list[AnswerSheet]:
    mine = (AnswerSheet.holder_kind == HolderKind.MEMBER, AnswerSheet.holder_id == who.id)
    return list(db.session.scalars(select(AnswerSheet).where(*mine).order_by(AnswerSheet.id)))


def _drop_drafts(who: Who) -> None:
    """What was sent stays counted, under nobody's name; what was not goes."""
    for sheet in _of(who):
        if sheet.state == SheetState.DRAFT:
            remove_sheet(sheet)


def _make_over(stays: Who, goes: Who) -> None:
    """One person has one sheet: where both accounts have one, that of the account that stays counts, unless only the
    other one was sent."""
    theirs = {sheet.questionnaire_id: sheet for sheet in _of(stays)}
    for sheet in _of(goes):
        other = theirs.get(sheet.questionnaire_id)
        if other is not None and (other.state == SheetState.SENT or sheet.state != SheetState.SENT):
            remove_sheet(sheet)
            continue
        if other is not None:
            remove_sheet(other)
            db.session.flush()
        sheet.holder_id = stays.id
    db.session.flush()


PART = Part(
    held=(
        Held(AnswerSheet.member_id, "answer_sheets", erased=Erased.STAYS, without=("approved_by_id",)),
        Held(
            AnswerSheet.approved_by_id,
            erased=Erased.STAYS,
            merged=Merged.MOVES,
            why="the sheet is their municipality's; who filled it in finds it among their own",
        ),
    ),
    more=_answers,
    before_erasing=_drop_drafts,
    before_merging=_make_over,
)
