"""Questions and answers as plain data: what the API of each feature that asks something tells of them."""

from collections.abc import Mapping, Sequence
from typing import NotRequired, TypedDict

from forum.questionnaires.models import QuestionKind, Questionnaire
from forum.questionnaires.queries.asked import Asked, Offered
from forum.questionnaires.queries.sheets import Given


class OfferedShape(TypedDict):
    """An option, or a row of a matrix. `lineage` is the same in later questions that offer the same."""

    id: int
    lineage: int
    words: str
    language: str


class ShownIfShape(TypedDict):
    """The lineages of a question and of its option for which another question is shown."""

    question: int
    option: int


class AskedQuestionShape(TypedDict):
    """A question in the reader's language, or in the one that stands in for it. `lineage` is the same in the question
    that takes its place, and in next year's."""

    id: int
    lineage: int
    number: int
    kind: QuestionKind
    required: bool
    at_least: int | None
    at_most: int | None
    words: str
    help: str
    low: str
    high: str
    language: str
    options: list[OfferedShape]
    rows: list[OfferedShape]
    shown_if: ShownIfShape | None


class QuestionnaireShape(TypedDict):
    """All that is asked about a subject. `version` goes with the answers, so that questions which changed meanwhile
    are noticed."""

    id: int
    subject_kind: str
    subject_id: int
    version: int
    questions: list[AskedQuestionShape]


class CellShape(TypedDict):
    """What is chosen in one row of a matrix: ids."""

    row: int
    option: int


class AnswerShape(TypedDict):
    """The answer to the question with this id: ids of options, a number (of a scale too), words, or rows."""

    question: int
    options: NotRequired[list[int]]
    number: NotRequired[float | None]
    words: NotRequired[str | None]
    rows: NotRequired[list[CellShape]]


def _offered(one: Offered) -> OfferedShape:
    return {"id": one.id, "lineage": one.lineage, "words": one.words, "language": one.language}


def asked_shape(question: Asked) -> AskedQuestionShape:
    """One question."""
    condition = question.condition
    return {
        "id": question.id,
        "lineage": question.lineage,
        "number": question.number,
        "kind": question.kind,
        "required": question.is_required,
        "at_least": question.at_least,
        "at_most": question.at_most,
        "words": question.words,
        "help": question.help,
        "low": question.low,
        "high": question.high,
        "language": question.language,
        "options": [_offered(one) for one in question.options],
        "rows": [_offered(one) for one in question.rows],
        "shown_if": {"question": condition.question, "option": condition.option} if condition else None,
    }


def questionnaire_shape(questionnaire: Questionnaire, asked: Sequence[Asked]) -> QuestionnaireShape:
    """With its questions."""
    return {
        "id": questionnaire.id,
        "subject_kind": questionnaire.subject_kind,
        "subject_id": questionnaire.subject_id,
        "version": questionnaire.version,
        "questions": [asked_shape(one) for one in asked],
    }


def answers_shape(asked: Sequence[Asked], answers: Mapping[int, Given]) -> list[AnswerShape]:
    """What was given, question by question."""
    found: list[AnswerShape] = []
    for question in asked:
        given = answers.get(question.id)
        if given is None:
            continue
        rows: list[CellShape] = [{"row": row, "option": option} for row, option in given.rows.items()]
        part = {"options": list(given.options), "number": given.number, "words": given.words, "rows": rows}
        found.append(
            {"question": question.id, **{name: value for name, value in part.items() if value not in ([], "", None)}}
        )
    return found
