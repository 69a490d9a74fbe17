"""Applications as JSON, for managers."""

from typing import Literal, TypedDict

from sqlalchemy import Row

from forum.core.api import Instant, moment
from forum.joining.models import Application, ApplicationState, InvitationState
from forum.joining.queries import Town


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


class ApplicationShape(ApplicationRowShape):
    """One with its words; `reads` are the languages that they read, `answer` what was written to who was declined,
    `member` the id of who came of it."""

    reason: str
    reads: list[str]
    answer: str
    member: int | None


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


def whole_application_shape(application: Application) -> ApplicationShape:
    """With what the desk does not show."""
    more = {"reason": application.reason, "reads": application.reads.split(), "answer": application.answer}
    return application_shape(application) | more | {"member": application.member_id}


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
