"""Surveys, answers and results as JSON, and results as a sheet."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, NotRequired, TypedDict

from sqlalchemy import Row

from forum.core.api import Instant, moment
from forum.core.languages import gettext as _
from forum.core.sheets import sheet
from forum.inquiries.models import Occasion, ResultsFor
from forum.inquiries.queries import Group, Item, Results
from forum.inquiries.rules import is_closed, is_open
from forum.members.models import Member
from forum.questionnaires.models import AnswerSheet, HolderKind, QuestionKind, Questionnaire, SheetState
from forum.questionnaires.queries import Asked, Given
from forum.questionnaires.queries.telling import AnswerShape, QuestionnaireShape, answers_shape, questionnaire_shape


class SurveyShape(TypedDict):
    """A survey. `mine` is how far the reader's answers are, or their municipality's; `answered` counts the sheets that
    count; `asks_me`: the reader is among those whom it asks."""

    id: int
    occasion: Occasion
    voice: HolderKind
    results_for: ResultsFor
    workshop: int | None
    space: int
    previous: int | None
    title: str
    words: str
    language: str
    opens_at: Instant
    closes_at: Instant
    open: bool
    closed: bool
    asks_me: bool
    mine: SheetState | None
    answered: int
    questionnaire: int


class SurveyAnswersShape(TypedDict):
    """What is asked, and what the reader, or their municipality, has answered. `version` counts the writings of the
    sheet, 0 before the first; until then `answers` begins with those of last time."""

    state: SheetState | None
    version: int
    approved: bool
    may_write: bool
    answers: list[AnswerShape]
    questionnaire: QuestionnaireShape


class AnswersToSend(TypedDict):
    """`edition` is the questionnaire's version that was shown, `version` the sheet's; `draft` keeps it without
    sending."""

    answers: list[AnswerShape]
    edition: NotRequired[int | None]
    version: NotRequired[int | None]
    draft: NotRequired[bool | None]


class WaitingSheetShape(TypedDict):
    """The answers of a municipality that wait for the reader's word."""

    sheet: int
    version: int
    municipality: int
    name: str
    answers: list[AnswerShape]


class ResultCellShape(TypedDict):
    """One answer: how often, its share of those who answered in hundredths, and last time's share."""

    words: str
    count: int
    share: float
    before: float | None


class ResultGroupShape(TypedDict):
    """Everybody, or those of one country or theme; five at least."""

    kind: Literal["all", "country", "theme"]
    key: str
    name: str
    answered: int
    mean: float | None
    cells: list[ResultCellShape]


class ResultShape(TypedDict):
    """What came of one question, or of one row of a matrix. `everybody` is null where fewer than five answered;
    `hidden` counts the groups that are not shown."""

    question: int
    row: int | None
    kind: QuestionKind
    words: str
    row_words: str | None
    asked_still: bool
    everybody: ResultGroupShape | None
    groups: list[ResultGroupShape]
    hidden: int
    before_answered: int
    before_mean: float | None
    texts: list[str]


class ResultsShape(TypedDict):
    """What came of a survey. Nothing is there where fewer than five have answered."""

    answered: int
    items: list[ResultShape]


class SurveyTopicShape(TypedDict):
    """The topic about the answers to a question."""

    topic: int


class FocalPointShape(TypedDict):
    """Who stands behind what a municipality answers."""

    id: int
    name: str


def survey_shape(row: Row, now: datetime) -> SurveyShape:
    """A row of `survey_rows`."""
    return {
        "id": row.id,
        "occasion": row.occasion,
        "voice": row.voice,
        "results_for": row.results_for,
        "workshop": row.workshop_id,
        "space": row.space_id,
        "previous": row.previous_id,
        "title": row.title,
        "words": row.words,
        "language": row.text_language,
        "opens_at": moment(row.opens_at),
        "closes_at": moment(row.closes_at),
        "open": is_open(row, now),
        "closed": is_closed(row, now),
        "asks_me": bool(row.asks_me),
        "mine": row.sheet_state,
        "answered": row.sheets,
        "questionnaire": row.questionnaire_id,
    }


def survey_answers_shape(
    questionnaire: Questionnaire,
    asked: Sequence[Asked],
    sheet: AnswerSheet | None,
    answers: Mapping[int, Given],
    *,
    may_write: bool,
) -> SurveyAnswersShape:
    """For who answers."""
    return {
        "state": sheet.state if sheet else None,
        "version": sheet.version if sheet else 0,
        "approved": bool(sheet and sheet.approved_by_id),
        "may_write": may_write,
        "answers": answers_shape(asked, answers),
        "questionnaire": questionnaire_shape(questionnaire, [one for one in asked if one.number]),
    }


def waiting_sheet_shape(sheet: AnswerSheet, name: str, answers: list[AnswerShape]) -> WaitingSheetShape:
    """For who approves."""
    return {
        "sheet": sheet.id,
        "version": sheet.version,
        "municipality": sheet.holder_id,
        "name": name,
        "answers": answers,
    }


def focal_point_shape(member: Member) -> FocalPointShape:
    """One of them."""
    return {"id": member.id, "name": member.display_name}


def results_shape(results: Results) -> ResultsShape:
    """All that may be shown."""
    return {"answered": results.sheets, "items": [_item(one) for one in results.items]}


def _item(item: Item) -> ResultShape:
    return {
        "question": item.question.id,
        "row": item.row.id if item.row else None,
        "kind": item.question.kind,
        "words": item.question.words,
        "row_words": item.row.words if item.row else None,
        "asked_still": bool(item.question.number),
        "everybody": _group(item.everybody) if item.everybody else None,
        "groups": [_group(one) for one in (*item.countries, *item.themes)],
        "hidden": item.hidden,
        "before_answered": item.before_size,
        "before_mean": item.before_mean,
        "texts": list(item.texts),
    }


def _group(group: Group) -> ResultGroupShape:
    kind: Any = group.key[0]
    cells: list[ResultCellShape] = [
        {"words": one.words, "count": one.count, "share": one.share, "before": one.before} for one in group.cells
    ]
    answered, mean = group.size, group.mean
    return {"kind": kind, "key": group.key[1], "name": group.name, "answered": answered, "mean": mean, "cells": cells}


def results_sheet(results: Results) -> str:
    """For a spreadsheet: a line for each answer of each group that may be shown."""
    head = [
        _("Question"),
        _("Group"),
        _("Response"),
        _("How often"),
        _("Share (%)"),
        _("Last time (%)"),
        _("Responses"),
    ]
    return sheet([head, *(line for item in results.items for line in _lines(item))])


def _lines(item: Item) -> Iterator[list[Any]]:
    name = f"{item.question.words} {item.row.words}" if item.row else item.question.words
    if item.everybody is None:
        yield [name, _("Everybody"), _("fewer than five answered"), "", "", "", ""]
        return
    for group in (item.everybody, *item.countries, *item.themes):
        who = group.name or _("Everybody")
        for cell in group.cells:
            before = "" if cell.before is None else round(cell.before)
            yield [name, who, cell.words, cell.count, round(cell.share), before, group.size]
        if group.mean is not None:
            yield [name, who, _("Average"), round(group.mean, 2), "", "", group.size]
    for words in item.texts:
        yield [name, _("Everybody"), words, "", "", "", item.everybody.size]
    if item.hidden:
        yield [name, _("Smaller groups"), _("hidden: fewer than five, or found by subtraction"), "", "", "", ""]
