"""Calls and applications as JSON. What applicants get of a decision is in CandidacyShape alone."""

from collections.abc import Sequence
from typing import NotRequired, TypedDict

from sqlalchemy import Row

from forum.applying.models import Candidacy, Decision
from forum.applying.queries import Form, Given, Outcome
from forum.applying.shapes.table import points_of
from forum.core.api import Instant, NamedShape, moment
from forum.members.queries.names import name_or_former
from forum.questionnaires.queries.telling import AnswerShape, QuestionnaireShape, answers_shape, questionnaire_shape
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
    questionnaire: QuestionnaireShape | None


class PresentedShape(TypedDict):
    """What an applicant sends: `theme` is an id, `gender` woman, man, other or empty; `edition` the version of the
    questionnaire that was shown, so that questions which changed meanwhile are noticed."""

    words: str
    gender: NotRequired[str]
    theme: NotRequired[int | None]
    edition: NotRequired[int | None]
    answers: NotRequired[list[AnswerShape]]


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
    answers: list[AnswerShape]
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
    questionnaire: QuestionnaireShape | None
    answers: list[AnswerShape]
    reviews: list[ReviewShape]


class ToldShape(TypedDict):
    """Everybody is told."""

    told_at: Instant


def call_shape(
    row: Row, questions: Form, *, is_open: bool, criteria: Sequence[Row] | None, reviewers: Sequence[Row] | None
) -> CallShape:
    """A row of `get_call_row`, and what is asked."""
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
        "questionnaire": form_shape(questions),
    }


def form_shape(questions: Form) -> QuestionnaireShape | None:
    """What is asked, if anything can be."""
    return questionnaire_shape(questions.questionnaire, questions.asked) if questions.questionnaire else None


def criterion_shape(row: Row) -> CriterionShape:
    """A row of `criteria_of`."""
    return {"id": row.id, "words": row.words, "most": row.most}


def candidacy_shape(own: Candidacy, questions: Form, outcome: Outcome | None) -> CandidacyShape:
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
        "answers": answers_shape(questions.asked, questions.answers),
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
