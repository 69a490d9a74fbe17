"""Calls and applications as JSON, and as a sheet. What applicants get of a decision is in CandidacyShape alone."""

from collections.abc import Iterable, Sequence
from typing import Any, TypedDict

from sqlalchemy import Row

from forum.applying.models import Candidacy, Decision
from forum.applying.queries import NO_POINTS, Balance, Given, Line, Outcome
from forum.core.api import Instant, NamedShape, moment
from forum.core.languages import gettext as _
from forum.core.languages.countries import country_name
from forum.core.sheets import sheet
from forum.members.queries.names import name_or_former
from forum.registering.models import Place


class CriterionShape(TypedDict):
    """What reviewers look at."""

    id: int
    words: str
    most: int


class CallShape(TypedDict):
    """An event takes applications; `words` as they were written, in `language`. Criteria are for reviewers and
    managers, the names of reviewers for managers alone: null for everybody else."""

    workshop: int
    seats: int
    closes_at: Instant
    zone: str
    open: bool
    words: str
    language: str
    criteria: list[CriterionShape] | None
    reviewers: list[NamedShape] | None


class OutcomeShape(TypedDict):
    """What became of one's own application, once everybody is told. `place` is the one that holds now, `ahead` how many
    wait before them."""

    decision: Decision
    place: Place
    ahead: int
    confirmed: bool


class CandidacyShape(TypedDict):
    """One's own application. `outcome` is null until everybody is told."""

    words: str
    gender: str
    theme: int | None
    created_at: Instant
    changed_at: Instant
    withdrawn: bool
    outcome: OutcomeShape | None


class ReviewShape(TypedDict):
    """What a reviewer says; `points` are {criterion id: points}."""

    reviewer: NamedShape
    given_at: Instant
    points: dict[str, int]
    note: str


class ReviewedShape(TypedDict):
    """An application as its reviewers see it."""

    id: int
    name: str
    municipality: str | None
    country: str
    population: int | None
    theme: str | None
    words: str
    language: str
    given_at: Instant | None


class ApplicantShape(TypedDict):
    """An application as managers see it. `points` are the mean of the reviews that were given, null as long as there is
    none, or as the manager's own is still to come; `place` is null until everybody is told."""

    id: int
    member: int
    name: str
    municipality: str | None
    country: str
    population: int | None
    theme: str | None
    gender: str
    words: str
    language: str
    created_at: Instant
    reviews: int
    reviewers: int
    points: float | None
    decision: Decision | None
    rank: int | None
    place: Place | None
    confirmed: bool


class SeenCandidacyShape(TypedDict):
    """One application for who may see it: `applicant` for managers, `reviewed` for its reviewers; `reviews` as far as
    the reader may read them now."""

    applicant: ApplicantShape | None
    reviewed: ReviewedShape | None
    reviews: list[ReviewShape]


class BalanceLineShape(TypedDict):
    """One value, how many applied, and how many of them are proposed for what."""

    key: str
    name: str
    all: int
    selected: int
    waiting: int
    declined: int
    undecided: int


class BalanceShape(TypedDict):
    """By country, gender, theme and size of the municipality ("20000": up to so many people); "" is unknown."""

    total: BalanceLineShape
    country: list[BalanceLineShape]
    gender: list[BalanceLineShape]
    theme: list[BalanceLineShape]
    size: list[BalanceLineShape]


class ToldShape(TypedDict):
    """Everybody is told."""

    told_at: Instant


def call_shape(
    row: Row, *, is_open: bool, criteria: Sequence[Row] | None, reviewers: Sequence[Row] | None
) -> CallShape:
    """A row of `get_call_row`."""
    return {
        "workshop": row.workshop_id,
        "seats": row.seats,
        "closes_at": moment(row.closes_at),
        "zone": row.zone,
        "open": is_open,
        "words": row.words,
        "language": row.text_language,
        "criteria": None if criteria is None else [criterion_shape(one) for one in criteria],
        "reviewers": None if reviewers is None else [{"id": one.id, "name": one.display_name} for one in reviewers],
    }


def criterion_shape(row: Row) -> CriterionShape:
    """A row of `criteria_of`."""
    return {"id": row.id, "words": row.words, "most": row.most}


def candidacy_shape(own: Candidacy, outcome: Outcome | None) -> CandidacyShape:
    """The reader's own."""
    told: OutcomeShape | None = None
    if outcome is not None:
        told = {
            "decision": outcome.decision,
            "place": outcome.standing.place,
            "ahead": outcome.standing.ahead,
            "confirmed": own.confirmed_at is not None,
        }
    return {
        "words": own.words,
        "gender": own.gender,
        "theme": own.theme_id,
        "created_at": moment(own.created_at),
        "changed_at": moment(own.changed_at),
        "withdrawn": own.withdrawn_at is not None,
        "outcome": told,
    }


def review_shape(given: Given) -> ReviewShape:
    """One that was given."""
    return {
        "reviewer": {"id": given.reviewer_id, "name": name_or_former(given.name)},
        "given_at": moment(given.given_at),
        "points": {str(id): points for id, points in given.scores.items()},
        "note": given.note,
    }


def reviewed_shape(row: Row) -> ReviewedShape:
    """A row of `reviewed`."""
    return {
        "id": row.id,
        "name": name_or_former(row.name),
        "municipality": row.municipality,
        "country": row.country,
        "population": row.population,
        "theme": row.theme,
        "words": row.words,
        "language": row.language,
        "given_at": moment(row.given_at),
    }


def applicant_shape(row: Row) -> ApplicantShape:
    """A row of `candidacies`."""
    return {
        "id": row.id,
        "member": row.member_id,
        "name": name_or_former(row.name),
        "municipality": row.municipality,
        "country": row.country,
        "population": row.population,
        "theme": row.theme,
        "gender": row.gender,
        "words": row.words,
        "language": row.language,
        "created_at": moment(row.created_at),
        "reviews": row.given,
        "reviewers": row.assigned,
        "points": points_of(row),
        "decision": row.decision,
        "rank": row.rank,
        "place": row.place,
        "confirmed": row.confirmed_at is not None,
    }


def points_of(row: Row) -> float | None:
    """The mean, or None."""
    return None if row.points == NO_POINTS else row.points / 100


def balance_shape(balance: Balance) -> BalanceShape:
    """All of it."""
    parts: Any = {part: [line_shape(one) for one in lines] for part, lines in balance.parts.items()}
    return {"total": line_shape(balance.total), **parts}


def line_shape(line: Line) -> BalanceLineShape:
    """One value."""
    numbers = {str(one): line.decisions[one] for one in Decision}
    return {
        "key": line.key,
        "name": line.name,
        "all": line.all,
        "selected": numbers["selected"],
        "waiting": numbers["waiting"],
        "declined": numbers["declined"],
        "undecided": line.decisions[""],
    }


def candidacy_sheet(rows: Iterable[Row]) -> str:
    """The applications as CSV, in the reader's words."""
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
        ]
        for row in rows
    ]
    return sheet([head, *lines])
