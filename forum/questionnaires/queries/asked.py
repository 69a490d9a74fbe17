"""Questions as they are asked, in the reader's language or in the one that stands in for it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import or_, select

from forum.core.db import db
from forum.core.errors import NotFound
from forum.questionnaires.models import (
    Answer,
    OptionText,
    Part,
    Question,
    QuestionKind,
    Questionnaire,
    QuestionOption,
    QuestionText,
)

LIKELIEST = ("en", "ar", "fr", "tr")  # what stands in where a language has no text, the most read first


@dataclass(frozen=True)
class Offered:
    """An option, or a row of a matrix."""

    id: int
    lineage: int
    words: str
    language: str


@dataclass(frozen=True)
class Condition:
    """The question is shown when this one was answered with this option."""

    name: str  # of the field
    question: int  # lineages
    option: int
    question_words: str
    option_words: str
    language: str


@dataclass(frozen=True)
class Asked:
    """A question as somebody reads it. `name` is its field in a form."""

    id: int
    lineage: int
    number: int  # from 1, in the order of asking; 0 for one that has retired
    kind: QuestionKind
    is_required: bool
    at_least: int | None
    at_most: int | None
    words: str
    help: str
    low: str
    high: str
    language: str
    options: Sequence[Offered] = ()
    rows: Sequence[Offered] = ()
    condition: Condition | None = None
    languages: Sequence[str] = field(default=())  # in which it has words

    @property
    def name(self) -> str:
        """Of its field."""
        return f"q{self.lineage}"

    def row_name(self, row: Offered) -> str:
        """Of the field of a matrix's row."""
        return f"{self.name}-{row.lineage}"

    @property
    def steps(self) -> range:
        """Of a scale, from one end to the other."""
        return range(self.at_least or 0, (self.at_most or 0) + 1)


def find_questionnaire(subject_kind: str, subject_id: int) -> Questionnaire | None:
    """The one of this subject."""
    theirs = (Questionnaire.subject_kind == subject_kind, Questionnaire.subject_id == subject_id)
    return db.session.scalar(select(Questionnaire).where(*theirs))


def get_questionnaire(questionnaire_id: int) -> Questionnaire:
    """One, or NotFound; `rules.subject_of` is its door."""
    questionnaire = db.session.get(Questionnaire, questionnaire_id)
    if questionnaire is None:
        raise NotFound
    return questionnaire


def lock_questionnaire(questionnaire_id: int) -> Questionnaire:
    """The same within a transaction that writes: who changes questions and who answers them take turns."""
    query = select(Questionnaire).where(Questionnaire.id == questionnaire_id).with_for_update()
    questionnaire = db.session.scalar(query.execution_options(populate_existing=True))
    if questionnaire is None:
        raise NotFound
    return questionnaire


def get_question(questionnaire: Questionnaire, question_id: int) -> Question:
    """One that is asked, or NotFound."""
    query = select(Question).where(Question.id == question_id, Question.questionnaire_id == questionnaire.id)
    question = db.session.scalar(query.execution_options(populate_existing=True))
    if question is None or question.retired_at is not None:
        raise NotFound
    return question


def asked_of(
    questionnaire: Questionnaire, language: str, *, answered_on: int | None = None, retired: bool = False
) -> list[Asked]:
    """What it asks, in order, in two statements. With `answered_on`, the id of a sheet, also what has retired and is
    answered on it; with `retired` all that it ever asked."""
    query = select(Question, QuestionText).outerjoin(QuestionText, QuestionText.question_id == Question.id)
    query = query.where(Question.questionnaire_id == questionnaire.id)
    if answered_on is not None:
        theirs = select(Answer.question_id).where(Answer.sheet_id == answered_on)
        query = query.where(or_(Question.retired_at.is_(None), Question.id.in_(theirs)))
    elif not retired:
        query = query.where(Question.retired_at.is_(None))
    questions: dict[int, Question] = {}
    texts: dict[int, dict[str, QuestionText]] = defaultdict(dict)
    order = (Question.position, Question.retired_at.is_not(None), Question.id)
    for question, text in db.session.execute(query.order_by(*order)):
        questions[question.id] = question
        if text is not None:
            texts[question.id][text.language] = text
    offered = _offered(questions, language)
    asked: list[Asked] = []
    number = 0
    for question in questions.values():
        number += question.retired_at is None
        shown = number if question.retired_at is None else 0
        asked.append(_asked(question, shown, texts[question.id], offered, language, asked))
    return asked


def _offered(ids: Iterable[int], language: str) -> dict[tuple[int, str], list[Offered]]:
    query = select(QuestionOption, OptionText).outerjoin(OptionText, OptionText.option_id == QuestionOption.id)
    query = query.where(QuestionOption.question_id.in_(list(ids))).order_by(QuestionOption.position, QuestionOption.id)
    options: dict[int, QuestionOption] = {}
    texts: dict[int, dict[str, OptionText]] = defaultdict(dict)
    for option, text in db.session.execute(query):
        options[option.id] = option
        if text is not None:
            texts[option.id][text.language] = text
    found: dict[tuple[int, str], list[Offered]] = defaultdict(list)
    for option in options.values():
        theirs = texts[option.id]
        shown = _stand_in(theirs, language)
        words = theirs[shown].words if theirs else ""
        found[option.question_id, option.part].append(Offered(option.id, option.lineage, words, shown))
    return found


def _stand_in(texts: Mapping[str, object], language: str) -> str:
    return next((one for one in (language, *LIKELIEST) if one in texts), language)


def _asked(
    question: Question,
    number: int,
    texts: Mapping[str, QuestionText],
    offered: Mapping[tuple[int, str], Sequence[Offered]],
    language: str,
    before: Sequence[Asked],
) -> Asked:
    shown = _stand_in(texts, language)
    text = texts.get(shown) or QuestionText(words="", help="", low="", high="")
    return Asked(
        id=question.id,
        lineage=question.lineage,
        number=number,
        kind=QuestionKind(question.kind),
        is_required=question.is_required,
        at_least=question.at_least,
        at_most=question.at_most,
        words=text.words,
        help=text.help,
        low=text.low,
        high=text.high,
        language=shown,
        options=offered.get((question.id, Part.OPTION), ()),
        rows=offered.get((question.id, Part.ROW), ()),
        condition=_condition(question, before),
        languages=tuple(texts),
    )


def _condition(question: Question, before: Sequence[Asked]) -> Condition | None:
    for other in before if question.shown_if_question else ():
        for option in other.options if other.lineage == question.shown_if_question and other.number else ():
            if option.lineage == question.shown_if_option:
                words = (other.words, option.words, other.language)
                return Condition(other.name, other.lineage, option.lineage, *words)
    return None


def texts_of(
    question_id: int,
) -> tuple[dict[str, QuestionText], dict[str, list[dict[str, str]]]]:
    """What a question says in each language, and its options and rows, each by language, in order."""
    query = select(QuestionText).where(QuestionText.question_id == question_id)
    texts = {text.language: text for text in db.session.scalars(query)}
    options: dict[int, tuple[str, dict[str, str]]] = {}
    lines = (
        select(QuestionOption.id, QuestionOption.part, OptionText.language, OptionText.words)
        .outerjoin(OptionText, OptionText.option_id == QuestionOption.id)
        .where(QuestionOption.question_id == question_id)
        .order_by(QuestionOption.position, QuestionOption.id)
    )
    for row in db.session.execute(lines):
        options.setdefault(row.id, (row.part, {}))[1].update({row.language: row.words} if row.language else {})
    parts: dict[str, list[dict[str, str]]] = {Part.OPTION: [], Part.ROW: []}
    for part, said in options.values():
        parts[part].append(said)
    return texts, parts
