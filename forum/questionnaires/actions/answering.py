"""Keeping what was answered: one sheet for each holder, written anew as often as they like until it is final."""

from collections.abc import Mapping

from sqlalchemy import delete, select

from forum.core import clock
from forum.core.db import db, insert
from forum.core.errors import Conflict
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.municipalities.models import Municipality
from forum.questionnaires import queries
from forum.questionnaires.models import (
    Answer,
    AnswerSheet,
    GroupKind,
    HolderKind,
    Question,
    Questionnaire,
    SheetGroup,
    SheetState,
)
from forum.questionnaires.queries import Given
from forum.topics.models import ThemeInterest


class QuestionsChanged(Conflict):
    """The questions are others than those that the form showed."""

    def said(self) -> str:
        return _(
            "The questions were changed while you answered. Your answers are still in the form; please look at it "
            "once more and send it again."
        )


class Meanwhile(Conflict):
    """The sheet was written in another window, or by a colleague, since this form was drawn."""

    def said(self) -> str:
        return _(
            "These questions were answered in the meantime, in another window or by a colleague. What you wrote is "
            "still in the form; sending it once more replaces those answers."
        )


def check_edition(questionnaire: Questionnaire, edition: int | None) -> None:
    """Raise QuestionsChanged where the form showed another version of the questions."""
    if edition is not None and edition != questionnaire.version:
        raise QuestionsChanged


def keep_sheet(
    questionnaire: Questionnaire,
    answers: Mapping[int, Given],
    *,
    by: Reader,
    language: str,
    state: SheetState = SheetState.SENT,
    holder: tuple[HolderKind, int] | None = None,
    edition: int | None = None,
    version: int | None = None,
) -> AnswerSheet:
    """Write the answers that `read_answers` read; whose sheet it is (`holder`) is the reader unless said otherwise.

    `edition` is the version of the questions that were shown, `version` the version of the sheet (0: none yet): both
    refuse what was overtaken. The same once more, by a double press, is one sheet and no refusal. Answers to questions
    that have retired stay on the sheet.
    """
    questionnaire = queries.lock_questionnaire(questionnaire.id)
    check_edition(questionnaire, edition)
    kind, holder_id = holder or (HolderKind.MEMBER, by.member_id)
    now = clock.now()
    begun = insert(AnswerSheet).values(
        questionnaire_id=questionnaire.id,
        holder_kind=kind,
        holder_id=holder_id,
        member_id=by.member_id,
        municipality_id=by.municipality_id,
        language=language,
        state=SheetState.DRAFT,
        version=0,
        created_at=now,
        changed_at=now,
    )
    db.session.execute(begun.on_conflict_do_nothing(index_elements=["questionnaire_id", "holder_kind", "holder_id"]))
    sheet = queries.find_sheet(questionnaire.id, holder_id, kind, lock=True)
    assert sheet is not None, "it was just inserted"
    if version is not None and version != sheet.version:
        if sheet.state == state and _current(sheet) == dict(answers):
            return sheet
        raise Meanwhile
    sheet.member_id, sheet.municipality_id, sheet.language = by.member_id, by.municipality_id, language
    sheet.version += 1
    sheet.changed_at = now
    sheet.state, sheet.approved_by_id = state, None
    if state == SheetState.SENT:
        sheet.sent_at = now
        note_groups(sheet)
    asked = select(Question.id).where(Question.questionnaire_id == questionnaire.id, Question.retired_at.is_(None))
    db.session.execute(delete(Answer).where(Answer.sheet_id == sheet.id, Answer.question_id.in_(asked)))
    for question_id, given in answers.items():
        db.session.add_all(_rows(sheet.id, question_id, given))
    db.session.flush()
    return sheet


def note_groups(sheet: AnswerSheet) -> None:
    """It is sent: it counts in the groups that it belongs to now."""
    db.session.execute(delete(SheetGroup).where(SheetGroup.sheet_id == sheet.id))
    country = select(Municipality.country).where(Municipality.id == sheet.municipality_id)
    themes = select(ThemeInterest.theme_id).where(ThemeInterest.member_id == sheet.member_id)
    keys = [(GroupKind.COUNTRY, code) for code in db.session.scalars(country) if code]
    keys += [(GroupKind.THEME, str(id)) for id in db.session.scalars(themes)]
    db.session.add_all(SheetGroup(sheet_id=sheet.id, kind=kind, key=key) for kind, key in keys)


def _current(sheet: AnswerSheet) -> dict[int, Given]:
    query = select(Question.id).where(
        Question.questionnaire_id == sheet.questionnaire_id, Question.retired_at.is_(None)
    )
    asked = set(db.session.scalars(query))
    return {id: given for id, given in queries.answers_on(sheet).items() if id in asked}


def _rows(sheet_id: int, question_id: int, given: Given) -> list[Answer]:
    names = {"sheet_id": sheet_id, "question_id": question_id}
    if given.number is not None or given.words:
        return [Answer(**names, number=given.number, words=given.words)]
    rows = [Answer(**names, option_id=id, words="") for id in given.options]
    return rows + [Answer(**names, row_id=row, option_id=id, words="") for row, id in given.rows.items()]


def remove_sheet(sheet: AnswerSheet) -> None:
    """It was never written; twice does no harm."""
    db.session.execute(delete(Answer).where(Answer.sheet_id == sheet.id))
    db.session.execute(delete(AnswerSheet).where(AnswerSheet.id == sheet.id))
