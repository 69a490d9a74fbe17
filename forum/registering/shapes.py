"""Registrations as JSON, and as a sheet."""

from collections.abc import Iterable
from typing import TypedDict

from sqlalchemy import Row

from forum.core.api import Instant, moment
from forum.core.languages import NAMES
from forum.core.languages import gettext as _
from forum.core.languages.countries import country_name
from forum.core.sheets import sheet
from forum.members.queries.names import name_or_former
from forum.registering.models import Admission, Answer, Place
from forum.registering.queries import Counts, Standing


class StandingShape(TypedDict):
    """How the reader stands: `answer` is null as long as they said nothing, `joining_link` null for all who are not
    confirmed, `ahead` how many wait before them. `capacity` null is no limit. With `applications_until` places are
    given to those who applied and were selected."""

    answer: Answer | None
    place: Place
    wants: str | None
    question: str | None
    talk: int | None
    ahead: int
    joining_link: str | None
    capacity: int | None
    full: bool
    applications_until: Instant | None


class RegistrationSentShape(TypedDict):
    """The answer counts once the link in the letter is opened."""

    state: str


class RegistrationShape(TypedDict):
    """Somebody's answer, for managers. `email` is a guest's."""

    id: int
    member: int | None
    name: str | None
    email: str | None
    organisation: str | None
    country: str | None
    answer: Answer
    place: Place
    wants: str | None
    question: str | None
    talk: str | None
    changed_at: Instant


class CountsShape(TypedDict):
    """{what: how many}; languages and countries of those who say yes or maybe, "" where they said none."""

    answers: dict[str, int]
    places: dict[str, int]
    wants: dict[str, int]
    countries: dict[str, int]


class RegistrationsShape(TypedDict):
    """A page of answers, and the counts of all."""

    items: list[RegistrationShape]
    next: str | None
    counts: CountsShape


class AdmissionShape(TypedDict):
    """How many come in, and how; for managers."""

    capacity: int | None
    joining_link: str | None


def standing_shape(standing: Standing) -> StandingShape:
    """The reader's own."""
    own = standing.registration
    return {
        "answer": Answer(own.answer) if own else None,
        "place": standing.place,
        "wants": (own.wants or None) if own else None,
        "question": (own.question or None) if own else None,
        "talk": own.talk_id if own else None,
        "ahead": standing.ahead,
        "joining_link": standing.joining_link or None,
        "capacity": standing.capacity,
        "full": standing.is_full,
        "applications_until": moment(standing.applications_until),
    }


def registration_shape(row: Row) -> RegistrationShape:
    """A row of `registrations`."""
    return {
        "id": row.id,
        "member": row.member_id,
        "name": name_or_former(row.name) if row.member_id else row.name or None,
        "email": row.email,
        "organisation": row.organisation or None,
        "country": row.country or None,
        "answer": row.answer,
        "place": row.place,
        "wants": row.wants or None,
        "question": row.question or None,
        "talk": row.talk,
        "changed_at": moment(row.changed_at),
    }


def counts_shape(counts: Counts) -> CountsShape:
    """All four."""
    return {
        "answers": dict(counts.answers),
        "places": dict(counts.places),
        "wants": dict(counts.wants),
        "countries": dict(counts.countries),
    }


def admission_shape(admission: Admission | None) -> AdmissionShape:
    """What holds now."""
    return {
        "capacity": admission.capacity if admission else None,
        "joining_link": (admission.joining_link or None) if admission else None,
    }


def registration_sheet(rows: Iterable[Row]) -> str:
    """The answers as CSV, in the reader's words."""
    answers = {Answer.YES: _("yes"), Answer.MAYBE: _("maybe"), Answer.NO: _("no")}
    places = {Place.CONFIRMED: _("confirmed"), Place.WAITING: _("waiting list"), Place.NONE: ""}
    head = [_("Name"), _("E-mail address of guests"), _("Municipality or organisation"), _("Country"), _("Answer")]
    head += [
        _("Place"),
        _("Language wanted"),
        _("Language of letters"),
        _("Question"),
        _("Talk"),
        _("Answered at (UTC)"),
    ]
    lines = [
        [
            row.name or "",
            row.email or "",
            row.organisation or "",
            country_name(row.country) if row.country else "",
            answers[Answer(row.answer)],
            places[Place(row.place)],
            NAMES.get(row.wants, ""),
            NAMES.get(row.language, ""),
            row.question,
            row.talk or "",
            moment(row.changed_at),
        ]
        for row in rows
    ]
    return sheet([head, *lines])
