"""Applications as JSON, for managers."""

from typing import Any

from sqlalchemy import Row

from forum.core.api import moment
from forum.joining.models import Application
from forum.joining.queries import Town


def application_shape(row: Row | Application) -> dict[str, Any]:
    """One of the desk; `municipality` is its id, or None with `town` and `country` of a new one."""
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


def whole_application_shape(application: Application) -> dict[str, Any]:
    """One with its words; `reads` are the languages that they read, `answer` what was written to who was declined."""
    more = {"reason": application.reason, "reads": application.reads.split(), "answer": application.answer}
    return application_shape(application) | more | {"member": application.member_id}


def invitation_shape(row: Row) -> dict[str, Any]:
    """One invitation; `state` is open, used or withdrawn, `member` the id of who came by it."""
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


def town_shape(town: Town) -> dict[str, Any]:
    """A town that waits: the applications that name it, and the municipalities that may be meant."""
    return {
        "name": town.name,
        "country": town.country,
        "applications": [row.id for row in town.applications],
        "likely": [{"id": row.id, "name": row.name, "country": row.country} for row in town.likely],
    }
