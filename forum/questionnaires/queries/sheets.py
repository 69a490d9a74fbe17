"""Sheets and what is answered on them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import exists, func, select

from forum.core.db import db
from forum.core.errors import NotFound
from forum.core.languages import decimal_point, format_number
from forum.questionnaires.models import Answer, AnswerSheet, HolderKind, Question, QuestionKind, SheetState
from forum.questionnaires.queries.asked import Asked


@dataclass(frozen=True)
class Given:
    """The answer to one question. `options` are ids; `rows` are {row's id: option's id} of a matrix."""

    options: tuple[int, ...] = ()
    number: float | None = None
    words: str = ""
    rows: Mapping[int, int] = field(default_factory=dict)


def find_sheet(
    questionnaire_id: int, holder_id: int, kind: HolderKind = HolderKind.MEMBER, *, lock: bool = False
) -> AnswerSheet | None:
    """The holder's; `lock` within a transaction that writes."""
    theirs = (AnswerSheet.holder_kind == kind, AnswerSheet.holder_id == holder_id)
    query = select(AnswerSheet).where(AnswerSheet.questionnaire_id == questionnaire_id, *theirs)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return db.session.scalar(query)


def get_sheet(sheet_id: int) -> AnswerSheet:
    """One, or NotFound; whose business it is, the subject says."""
    sheet = db.session.get(AnswerSheet, sheet_id)
    if sheet is None:
        raise NotFound
    return sheet


def count_sheets(questionnaire_id: int, state: SheetState = SheetState.SENT) -> int:
    """How many are as far as this."""
    query = select(func.count()).select_from(AnswerSheet).where(AnswerSheet.questionnaire_id == questionnaire_id)
    return db.session.scalar(query.where(AnswerSheet.state == state)) or 0


def has_answers(question_id: int) -> bool:
    """Has anybody answered it, be it in a draft?"""
    return bool(db.session.scalar(select(exists().where(Answer.question_id == question_id))))


def answered_questions(questionnaire_id: int) -> set[int]:
    """The ids of those that somebody has answered."""
    query = select(Answer.question_id).join(Question, Question.id == Answer.question_id)
    return set(db.session.scalars(query.where(Question.questionnaire_id == questionnaire_id).distinct()))


def answers_of(sheet_ids: Iterable[int]) -> dict[int, dict[int, Given]]:
    """{sheet's id: {question's id: what was given}}, in one statement."""
    query = select(
        Answer.sheet_id, Answer.question_id, Answer.row_id, Answer.option_id, Answer.number, Answer.words
    ).where(Answer.sheet_id.in_(list(sheet_ids)))
    parts: dict[int, dict[int, list]] = defaultdict(lambda: defaultdict(list))
    for row in db.session.execute(query.order_by(Answer.id)):
        parts[row.sheet_id][row.question_id].append(row)
    return {
        sheet: {question: _given(rows) for question, rows in questions.items()} for sheet, questions in parts.items()
    }


def answers_on(sheet: AnswerSheet | None) -> dict[int, Given]:
    """{question's id: what was given} on one sheet."""
    return answers_of([sheet.id]).get(sheet.id, {}) if sheet else {}


def _given(rows: Sequence) -> Given:
    return Given(
        options=tuple(row.option_id for row in rows if row.option_id and not row.row_id),
        number=next((row.number for row in rows if row.number is not None), None),
        words=next((row.words for row in rows if row.words), ""),
        rows={row.row_id: row.option_id for row in rows if row.row_id and row.option_id},
    )


def as_sent(asked: Sequence[Asked], answers: Mapping[int, Given]) -> dict[str, list[str]]:
    """What a form would send that says the same: for drawing it with what is on a sheet."""
    sent: dict[str, list[str]] = {}
    for question in asked:
        given = answers.get(question.id)
        if given is None:
            continue
        lineages = {one.id: str(one.lineage) for one in question.options}
        sent[question.name] = [lineages[id] for id in given.options if id in lineages]
        if question.kind in (QuestionKind.NUMBER, QuestionKind.SCALE) and given.number is not None:
            sent[question.name] = [number_as_sent(given.number)]
        elif question.kind == QuestionKind.TEXT:
            sent[question.name] = [given.words]
        for row in question.rows:
            if (option := given.rows.get(row.id)) in lineages:
                sent[question.row_name(row)] = [lineages[option]]
    return sent


def number_as_sent(number: float) -> str:
    """As the reader writes it, without signs between thousands: 12500,5 where a comma begins a fraction."""
    return f"{number:.4f}".rstrip("0").rstrip(".").replace(".", decimal_point())


def said(question: Asked, given: Given) -> list[str]:
    """The answer in words, a line for each thing: what was chosen, the number, the text, row by row."""
    words = {one.id: one.words for one in question.options}
    if question.kind == QuestionKind.TEXT:
        return [given.words] if given.words else []
    if question.kind in (QuestionKind.NUMBER, QuestionKind.SCALE):
        return [] if given.number is None else [format_number(given.number)]
    if question.kind == QuestionKind.MATRIX:
        return [f"{row.words}: {words[given.rows[row.id]]}" for row in question.rows if given.rows.get(row.id) in words]
    return [words[id] for id in given.options if id in words]
