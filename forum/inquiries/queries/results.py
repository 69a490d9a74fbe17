"""What came of a survey: each question as a whole, by country, by theme, and beside last time."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Row, String, and_, cast, select

from forum.core.db import db
from forum.core.languages import fold, sort_key
from forum.core.languages.countries import country_name
from forum.core.reader import Reader
from forum.inquiries.models import FEW, SUBJECT, ResultsFor, Survey
from forum.inquiries.queries.hiding import Key, shown
from forum.inquiries.rules import may_manage_surveys
from forum.questionnaires import queries as questionnaires
from forum.questionnaires.models import AnswerSheet, GroupKind, QuestionKind, Questionnaire, SheetGroup, SheetState
from forum.questionnaires.queries import Asked, Given, Offered
from forum.topics.models import ThemeName

CHOSEN = (QuestionKind.CHOICE, QuestionKind.SEVERAL, QuestionKind.MATRIX)


@dataclass(frozen=True)
class Cell:
    """How often one answer was given. `share` is in hundredths of those who answered, `before` last time's."""

    words: str
    language: str
    count: int
    share: float
    before: float | None = None


@dataclass(frozen=True)
class Group:
    """Those of one country or one theme; ("all", "") is everybody. `mean` is of scales and numbers."""

    key: Key
    name: str
    size: int
    cells: Sequence[Cell] = ()
    mean: float | None = None


@dataclass(frozen=True)
class Item:
    """One question, or one line of a table. `everybody` is None where fewer than five answered. `hidden` counts the
    groups that are not shown; `texts` are in no order that tells anything."""

    question: Asked
    row: Offered | None
    everybody: Group | None
    countries: Sequence[Group] = ()
    themes: Sequence[Group] = ()
    hidden: int = 0
    texts: Sequence[str] = ()
    before_size: int = 0
    before_mean: float | None = None

    @property
    def name(self) -> str:
        """For links."""
        return f"question-{self.question.id}" + (f"-{self.row.id}" if self.row else "")


@dataclass(frozen=True)
class Results:
    """All of it. `sheets` counts those who answered; fewer than five are not shown at all."""

    sheets: int
    items: Sequence[Item] = ()


@dataclass
class _Sheets:
    """The sheets that count, with what they belong to."""

    ids: list[int]
    groups: dict[Key, set[int]] = field(default_factory=dict)
    names: dict[Key, str] = field(default_factory=dict)
    answers: Mapping[int, Mapping[int, Given]] = field(default_factory=dict)


def results_of(survey: Row, reader: Reader, language: str) -> Results:
    """Of a survey that is closed, whose door the reader has passed. What people wrote is for those who manage, and so
    is last time, where its results were."""
    manages = may_manage_surveys(reader)
    questionnaire = questionnaires.get_questionnaire(survey.questionnaire_id)
    sheets = _sheets(questionnaire, language)
    if len(sheets.ids) < FEW:
        return Results(len(sheets.ids))
    before = _last_time(survey, language, manages=manages)
    asked = questionnaires.asked_of(questionnaire, language, retired=True)
    items = []
    for question in sorted(asked, key=lambda one: not one.number):
        for row in question.rows or (None,):
            given = _given(sheets, question, row)
            if given or question.number:
                items.append(_item(question, row, given, sheets, before, manages=manages))
    return Results(len(sheets.ids), items)


def _sheets(questionnaire: Questionnaire, language: str) -> _Sheets:
    """In the groups that they belonged to when they were sent."""
    sent = (AnswerSheet.questionnaire_id == questionnaire.id, AnswerSheet.state == SheetState.SENT)
    found, groups = _Sheets(list(db.session.scalars(select(AnswerSheet.id).where(*sent).order_by(AnswerSheet.id)))), {}
    named = (
        select(SheetGroup.sheet_id, SheetGroup.kind, SheetGroup.key, ThemeName.name)
        .join(AnswerSheet, AnswerSheet.id == SheetGroup.sheet_id)
        .outerjoin(
            ThemeName,
            and_(
                SheetGroup.kind == GroupKind.THEME,
                cast(ThemeName.theme_id, String) == SheetGroup.key,
                ThemeName.language == language,
            ),
        )
        .where(*sent)
    )
    for row in db.session.execute(named):
        if row.kind == GroupKind.THEME and row.name is None:
            continue  # a theme that is no more
        group = (row.kind, row.key)
        groups.setdefault(group, set()).add(row.sheet_id)
        found.names[group] = row.name or country_name(row.key)
    found.groups = groups
    found.answers = questionnaires.answers_of(found.ids)
    return found


def _given(sheets: _Sheets, question: Asked, row: Offered | None) -> dict[int, Given]:
    """{sheet's id: what it says to this}."""
    found = {}
    for id in sheets.ids:
        given = sheets.answers.get(id, {}).get(question.id)
        if given is not None and (row is None or row.id in given.rows):
            found[id] = Given(options=(given.rows[row.id],)) if row else given
    return found


Before = Mapping[tuple[int, int], tuple[Asked, dict[int, Given]]]  # {(lineages of question and row): …}


def _last_time(survey: Row, language: str, *, manages: bool) -> Before:
    last = db.session.get(Survey, survey.previous_id) if survey.previous_id else None
    if last is None or not (manages or last.results_for == ResultsFor.ANSWERED):
        return {}
    earlier = questionnaires.find_questionnaire(SUBJECT, last.id)
    if earlier is None:
        return {}
    sheets, found = _sheets(earlier, language), {}
    for question in questionnaires.asked_of(earlier, language):
        for row in question.rows or (None,):
            given = _given(sheets, question, row)
            if len(given) >= FEW:
                found[question.lineage, row.lineage if row else 0] = question, given
    return found


def _item(
    question: Asked,
    row: Offered | None,
    given: Mapping[int, Given],
    sheets: _Sheets,
    before: Before,
    *,
    manages: bool,
) -> Item:
    if len(given) < FEW:
        return Item(question, row, None)
    if question.kind == QuestionKind.TEXT:
        texts = sorted((one.words for one in given.values()), key=fold) if manages else ()
        return Item(question, row, Group(("all", ""), "", len(given)), texts=texts)
    answered = set(given)
    theirs = {key: ids & answered for key, ids in sheets.groups.items() if ids & answered}
    visible = shown(answered, theirs)
    asked, then = before.get((question.lineage, row.lineage if row else 0), (None, {}))
    shares = _shares(asked, then.values()) if asked and asked.kind == question.kind else {}
    groups = [_group(question, key, sheets.names[key], [given[id] for id in theirs[key]]) for key in visible]
    groups.sort(key=lambda one: sort_key(one.name, question.language))
    return Item(
        question,
        row,
        _group(question, ("all", ""), "", list(given.values()), shares),
        countries=[one for one in groups if one.key[0] == "country"],
        themes=[one for one in groups if one.key[0] == "theme"],
        hidden=len(theirs) - len(visible),
        before_size=len(then) if shares else 0,
        before_mean=_mean(then.values()) if shares and question.kind not in CHOSEN else None,
    )


def _group(
    question: Asked, key: Key, name: str, given: Sequence[Given], before: Mapping[int, float] | None = None
) -> Group:
    counts = _counts(question, given)
    cells = [
        Cell(words, language, counts[lineage], 100 * counts[lineage] / len(given), (before or {}).get(lineage))
        for lineage, words, language in _answers(question)
    ]
    return Group(key, name, len(given), cells, None if question.kind in CHOSEN else _mean(given))


def _answers(question: Asked) -> Iterable[tuple[int, str, str]]:
    """(lineage, words, language) of all that can be answered; a number has no such list, or single towns would show."""
    if question.kind == QuestionKind.SCALE:
        return [(step, str(step), question.language) for step in question.steps]
    return [(one.lineage, one.words, one.language) for one in question.options]


def _counts(question: Asked, given: Iterable[Given]) -> Counter[int]:
    if question.kind == QuestionKind.SCALE:
        return Counter(int(one.number) for one in given if one.number is not None)
    lineages = {one.id: one.lineage for one in question.options}
    return Counter(lineages[id] for one in given for id in one.options if id in lineages)


def _shares(question: Asked, given: Iterable[Given]) -> dict[int, float]:
    """{lineage: share}; of numbers, which have no list of answers, that they can be compared."""
    given = list(given)
    counts = _counts(question, given)
    return {lineage: 100 * counts[lineage] / len(given) for lineage, _w, _l in _answers(question)} or {0: 0.0}


def _mean(given: Iterable[Given]) -> float | None:
    numbers = [one.number for one in given if one.number is not None]
    return sum(numbers) / len(numbers) if numbers else None
