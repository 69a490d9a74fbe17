"""Questions, attendance and reading lists as JSON."""

from typing import NotRequired, TypedDict

from sqlalchemy import Row

from forum.attending.models import AskedState, Presence
from forum.core.api import Instant, NamedShape, moment
from forum.members.queries.names import name_or_former
from forum.registering.models import Place


class AudienceAskerShape(TypedDict):
    """Who asks."""

    id: int
    name: str
    municipality: str | None


class AudienceAnswerShape(TypedDict):
    """When it was answered; in words, by a post that the reader may read, or in the room alone."""

    at: Instant
    words: str
    post: int | None


class AudienceQuestionShape(TypedDict):
    """A question of the audience. `asker` is null where it came with a registration; `seconds` counts the voices, and
    `seconded` says that the reader's is one of them. `reason` says why a moderator hid it."""

    id: int
    words: str
    language: str
    direction: str
    asker: AudienceAskerShape | None
    talk: NamedShape | None
    state: AskedState
    seconds: int
    seconded: bool
    mine: bool
    created_at: Instant
    edited_at: Instant | None
    answered: AudienceAnswerShape | None
    reason: NotRequired[str]


class HereShape(TypedDict):
    """How many are here, and whether the reader is one of them."""

    here: int
    mine: bool


class AttendanceShape(TypedDict):
    """Somebody who was there; `member` of a member, `registration` of a guest."""

    id: int
    member: int | None
    registration: int | None
    name: str | None
    organisation: str | None
    country: str | None
    presence: Presence
    noted_at: Instant


class ExpectedShape(TypedDict):
    """Somebody who registered and is not on the list of those who were there; `id` is the registration's."""

    id: int
    member: int | None
    name: str | None
    organisation: str | None
    country: str | None
    place: Place


class ReadingShape(TypedDict):
    """Something to read: at `link`, or a topic or a post here."""

    id: int
    title: str
    language: str
    link: str | None
    topic: int | None
    post: int | None


class TalkTopicsShape(TypedDict):
    """The ids of the topics that are new."""

    topics: list[int]


def question_shape(row: Row) -> AudienceQuestionShape:
    """A row of `question_rows`."""
    asker: AudienceAskerShape | None = None
    if row.member_id is not None:
        name = name_or_former(row.asker, row.municipality)
        asker = {"id": row.member_id, "name": name, "municipality": row.municipality}
    answered: AudienceAnswerShape | None = None
    if row.answered_at is not None:
        answered = {"at": moment(row.answered_at), "words": row.answer, "post": row.post_id}
    shape: AudienceQuestionShape = {
        "id": row.id,
        "words": row.words,
        "language": row.language,
        "direction": row.direction,
        "asker": asker,
        "talk": {"id": row.talk_id, "name": row.talk} if row.talk_id is not None else None,
        "state": row.state,
        "seconds": row.seconds,
        "seconded": bool(row.has_voice),
        "mine": bool(row.mine),
        "created_at": moment(row.created_at),
        "edited_at": moment(row.edited_at),
        "answered": answered,
    }
    if row.state == AskedState.HIDDEN:
        shape["reason"] = row.hidden_reason
    return shape


def here_shape(here: tuple[int, bool]) -> HereShape:
    """What `here_and_own` says."""
    return {"here": here[0], "mine": here[1]}


def attendance_shape(row: Row) -> AttendanceShape:
    """A row of `attended`."""
    return {
        "id": row.id,
        "member": row.member_id,
        "registration": row.registration_id,
        "name": name_or_former(row.name) if row.member_id else row.name or None,
        "organisation": row.organisation or None,
        "country": row.country or None,
        "presence": row.presence,
        "noted_at": moment(row.noted_at),
    }


def expected_shape(row: Row) -> ExpectedShape:
    """A row of `expected`."""
    return {
        "id": row.id,
        "member": row.member_id,
        "name": name_or_former(row.name) if row.member_id else row.name or None,
        "organisation": row.organisation or None,
        "country": row.country or None,
        "place": row.place,
    }


def reading_shape(row: Row) -> ReadingShape:
    """A row of `reading_of`."""
    return {
        "id": row.id,
        "title": row.title,
        "language": row.text_language,
        "link": row.link or None,
        "topic": row.topic_id,
        "post": row.post_id,
    }
