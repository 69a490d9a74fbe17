"""Requests as JSON."""

from typing import TypedDict

from sqlalchemy import Row

from forum.agenda.models import RequestState
from forum.core.api import Instant, NamedShape, moment
from forum.members.queries.names import name_or_former


class AskerShape(TypedDict):
    """Who asked, and for which municipality."""

    id: int
    name: str
    municipality: NamedShape | None
    country: str | None


class AgendaRequestShape(TypedDict):
    """A request. `voices` counts the municipalities behind it, `countries` where they are; `mine`: the reader's is one
    of them. `link` leads to the answer, `workshop` takes it up, `answer` says more or why not, `merged_into` asks for
    the same."""

    id: int
    title: str
    words: str
    language: str
    state: RequestState
    voices: int
    countries: int
    mine: bool
    asker: AskerShape
    created_at: Instant
    decided_at: Instant | None
    answer: str
    link: str
    workshop: NamedShape | None
    merged_into: int | None


class LikeRequestShape(TypedDict):
    """A request that may ask for the same."""

    id: int
    title: str
    language: str
    state: RequestState
    voices: int


def request_shape(row: Row) -> AgendaRequestShape:
    """A row of `request_rows`."""
    town = {"id": row.municipality_id, "name": row.municipality} if row.municipality else None
    return {
        "id": row.id,
        "title": row.title,
        "words": row.words,
        "language": row.language,
        "state": row.state,
        "voices": row.voices,
        "countries": row.countries,
        "mine": row.has_voice,
        "asker": {
            "id": row.asker_id,
            "name": name_or_former(row.asker, row.municipality),
            "municipality": town,
            "country": row.country,
        },
        "created_at": moment(row.created_at),
        "decided_at": moment(row.decided_at),
        "answer": row.answer,
        "link": row.link,
        "workshop": {"id": row.workshop_id, "name": row.workshop} if row.workshop_id else None,
        "merged_into": row.merged_into_id,
    }


def like_shape(row: Row) -> LikeRequestShape:
    """A row of `similar_to`."""
    return {
        "id": row.id,
        "title": row.title,
        "language": row.language,
        "state": row.state,
        "voices": row.voices,
    }
