"""Applications as JSON, for managers."""

from collections.abc import Iterable, Mapping
from typing import Literal, TypedDict

from sqlalchemy import Row

from forum.core.api import Instant, moment
from forum.joining.models import Application, ApplicationState, Import, ImportState, ImportWay, InvitationState, Outcome
from forum.joining.queries import Town
from forum.members.models import MemberState


class ApplicationRowShape(TypedDict):
    """One of the desk; `municipality` is its id, or null with `town` and `country` of a new one."""

    id: int
    state: ApplicationState
    name: str
    other_name: str
    email: str
    language: str
    municipality: int | None
    town: str
    country: str
    post_held: str
    confirmed_at: Instant | None
    decided_at: Instant | None


class AlikeShape(TypedDict):
    """A member who may be the same person, active or suspended."""

    id: int
    name: str
    state: MemberState


class ApplicationShape(ApplicationRowShape):
    """One with its words; `reads` are the languages that they read, `answer` what was written to who was declined,
    `member` the id of who came of it. `alike`, while it waits, are members whose names sound the same."""

    reason: str
    reads: list[str]
    answer: str
    member: int | None
    alike: list[AlikeShape]


class InvitationShape(TypedDict):
    """One invitation; `member` is the id of who came by it."""

    id: int
    state: InvitationState
    email: str
    name: str
    language: str
    municipality: int | None
    created_at: Instant
    member: int | None


class AppliedShape(TypedDict):
    """The rest happens by a letter."""

    state: Literal["letter on its way"]


class ApprovedShape(TypedDict):
    """The id of the new member."""

    member: int


class DeclinedShape(TypedDict):
    """The applicant is told."""

    state: Literal["declined"]


class SentShape(TypedDict):
    """How many invitations were sent."""

    sent: int


class LikelyShape(TypedDict):
    """A municipality that may be meant."""

    id: int
    name: str
    country: str


class TownShape(TypedDict):
    """A town that waits: the ids of the applications that name it, and the municipalities that may be meant."""

    name: str
    country: str
    applications: list[int]
    likely: list[LikelyShape]


class SettledShape(TypedDict):
    """The id of the municipality that was meant."""

    municipality: int


class TownRefusedShape(TypedDict):
    """How many applications were answered."""

    declined: int


class ImportShape(TypedDict):
    """A list of members. `columns` are {field: column from 0}, `towns` {town: id of the municipality that is meant};
    `lines` are numbers by what becomes, or became, of them."""

    id: int
    state: ImportState
    way: ImportWay | None
    name: str
    columns: dict[str, int]
    municipality: int | None
    language: str
    towns: dict[str, int]
    lines: dict[str, int]
    created_at: Instant
    done_at: Instant | None
    letters_at: Instant | None


class ImportLineShape(TypedDict):
    """A line of a list; `likely` is what its municipality may be, `member` who is, or may be, the same person."""

    number: int
    outcome: Outcome
    email: str
    name: str
    other_name: str
    town: str
    municipality: int | None
    likely: str | None
    member: int | None


def application_shape(row: Row | Application) -> ApplicationRowShape:
    """Of the desk's row, or of the whole."""
    return {
        "id": row.id,
        "state": row.state,
        "name": row.display_name,
        "other_name": row.other_name,
        "email": row.email,
        "language": row.language,
        "municipality": row.municipality_id,
        "town": row.town,
        "country": row.country,
        "post_held": row.post_held,
        "confirmed_at": moment(row.confirmed_at),
        "decided_at": moment(row.decided_at),
    }


def whole_application_shape(application: Application, alike: Iterable[Row]) -> ApplicationShape:
    """With what the desk does not show."""
    more = {"reason": application.reason, "reads": application.reads.split(), "answer": application.answer}
    same: list[AlikeShape] = [{"id": row.id, "name": row.display_name, "state": row.state} for row in alike]
    return application_shape(application) | more | {"member": application.member_id, "alike": same}


def invitation_shape(row: Row) -> InvitationShape:
    """A row of `invitations`."""
    return {
        "id": row.id,
        "state": row.state,
        "email": row.email,
        "name": row.display_name,
        "language": row.language,
        "municipality": row.municipality_id,
        "created_at": moment(row.created_at),
        "member": row.member_id,
    }


def town_shape(town: Town) -> TownShape:
    """One of `towns_waiting`."""
    return {
        "name": town.name,
        "country": town.country,
        "applications": [row.id for row in town.applications],
        "likely": [{"id": row.id, "name": row.name, "country": row.country} for row in town.likely],
    }


def import_shape(table: Import, counts: Mapping[Outcome, int]) -> ImportShape:
    """With what `count_outcomes` says."""
    return {
        "id": table.id,
        "state": table.state,
        "way": table.way,
        "name": table.name,
        "columns": table.columns,
        "municipality": table.municipality_id,
        "language": table.language,
        "towns": table.towns,
        "lines": {str(outcome): number for outcome, number in counts.items()},
        "created_at": moment(table.created_at),
        "done_at": moment(table.done_at),
        "letters_at": moment(table.letters_at),
    }


def import_line_shape(row: Row) -> ImportLineShape:
    """A row of `import_lines`."""
    return {
        "number": row.number,
        "outcome": row.outcome,
        "email": row.email,
        "name": row.name,
        "other_name": row.other_name,
        "town": row.town,
        "municipality": row.municipality_id,
        "likely": row.likely,
        "member": row.member_id,
    }
