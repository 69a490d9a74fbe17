"""Applications as a table for spreadsheets."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Row

from forum.applying.models import Decision
from forum.applying.queries import NO_POINTS
from forum.core.api import moment
from forum.core.languages import gettext as _
from forum.core.languages.countries import country_name
from forum.core.sheets import sheet
from forum.members.queries.names import name_or_former
from forum.questionnaires.queries import Asked, said


def candidacy_sheet(rows: Iterable[Row], asked: Sequence[Asked], answers: Mapping[int, Mapping[int, Any]]) -> str:
    """The applications as CSV, in the reader's words; `answers` are {member's id: {question's id: what was given}}."""
    decisions = {
        Decision.SELECTED: _("selected"),
        Decision.WAITING: _("waiting list"),
        Decision.DECLINED: _("not this time"),
    }
    genders = {"": "", "woman": _("a woman"), "man": _("a man"), "other": _("another answer")}
    head = [_("Name"), _("Municipality"), _("Country"), _("Population"), _("Theme"), _("Gender"), _("Why")]
    head += [
        _("Reviews"),
        _("Points"),
        _("Proposal"),
        _("Order on the waiting list"),
        _("Confirmed"),
        _("Sent at (UTC)"),
    ]
    head += [one.words for one in asked]
    lines = [
        [
            name_or_former(row.name),
            row.municipality or "",
            country_name(row.country),
            row.population or "",
            row.theme or "",
            genders[row.gender],
            row.words,
            row.given,
            "" if points_of(row) is None else points_of(row),
            decisions.get(row.decision, ""),
            row.rank or "",
            _("yes") if row.confirmed_at else "",
            moment(row.created_at),
            *("; ".join(_said(one, answers.get(row.member_id, {}))) for one in asked),
        ]
        for row in rows
    ]
    return sheet([head, *lines])


def _said(question: Asked, given: Mapping[int, Any]) -> list[str]:
    return said(question, given[question.id]) if question.id in given else []


def points_of(row: Row) -> float | None:
    """The mean, or None."""
    return None if row.points == NO_POINTS else row.points / 100
