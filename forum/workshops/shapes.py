"""Workshops and their topics as JSON."""

from collections.abc import Iterable
from typing import Any, Literal, TypedDict

from sqlalchemy import Row

from forum.core.api import Instant, RefusalShape, moment
from forum.members.queries.names import name_or_former
from forum.workshops.models import LanguageRole, WorkshopKind

Languages = dict[LanguageRole, list[str]]


class WorkshopRowShape(TypedDict):
    """A workshop of a list. Moments are in UTC; `zone` and the wall times are the organiser's; `text_language` is the
    one that its texts are really in. Since `closed_at` it has a record, at
    `/workshops/<id>/outcome`."""

    id: int
    kind: WorkshopKind
    title: str
    summary: str
    text_language: str
    space: int
    public: bool
    starts_at: Instant
    ends_at: Instant
    zone: str
    starts_wall: str
    ends_wall: str
    approximate: bool
    cancelled_at: Instant | None
    cancel_reason: str
    closed_at: Instant | None
    online: bool
    place: str | None
    country: str | None
    languages: list[str]
    interpretation: list[str]


class SpeakerShape(TypedDict):
    """Somebody who speaks; `member` is their id, if they are one."""

    member: int | None
    name: str | None
    role: str | None
    organisation: str | None


class WorkshopSessionShape(TypedDict):
    """A part of a workshop with a time of its own."""

    id: int
    title: str
    text_language: str
    starts_at: Instant
    ends_at: Instant
    starts_wall: str
    ends_wall: str


class TalkShape(TypedDict):
    """One contribution to the programme."""

    id: int
    title: str
    languages: list[str]
    speakers: list[SpeakerShape]


class MaterialShape(TypedDict):
    """Something to read or to look at; `file` is the id of a file at /files/<id>, or there is a `link`."""

    id: int
    title: str
    language: str
    link: str | None
    file: int | None


class WorkshopLinkShape(TypedDict):
    """A workshop that another one prepares or follows up."""

    id: int
    kind: WorkshopKind
    title: str


class WorkshopShape(WorkshopRowShape):
    """A workshop alone, with all that its page says. `version` counts its changes; without `capacity` as many may come
    as want to."""

    version: int
    html: str
    objectives: list[str]
    sessions: list[WorkshopSessionShape]
    talks: list[TalkShape]
    materials: list[MaterialShape]
    capacity: int | None
    prepares: list[WorkshopLinkShape]
    follows: list[WorkshopLinkShape]


class WorkshopRefusalShape(RefusalShape):
    """Another manager was faster: what they say, what was sent, and the version that theirs is."""

    theirs: dict[str, Any]
    yours: dict[str, Any]
    version: int


class WorkshopConflictShape(TypedDict):
    """A refusal that brings both."""

    error: WorkshopRefusalShape


class AudienceShape(TypedDict):
    """Who reads the topics of a workshop, and the id of the space in which they are."""

    kind: Literal["public", "members", "participants", "staff"]
    space: int


class CalendarAddressShape(TypedDict):
    """The address of the reader's own calendar, a secret; null as long as there is none."""

    address: str | None
    created_at: Instant | None


def workshop_shape(workshop: Row, languages: Languages) -> WorkshopRowShape:
    """A row of a list."""
    return {
        "id": workshop.id,
        "kind": workshop.kind,
        "title": workshop.title,
        "summary": workshop.summary,
        "text_language": workshop.text_language,
        "space": workshop.space_id,
        "public": workshop.space_kind == "public",
        "starts_at": moment(workshop.starts_at),
        "ends_at": moment(workshop.ends_at),
        "zone": workshop.zone,
        "starts_wall": workshop.starts_wall,
        "ends_wall": workshop.ends_wall,
        "approximate": workshop.is_date_approximate,
        "cancelled_at": moment(workshop.cancelled_at),
        "cancel_reason": workshop.cancel_reason,
        "closed_at": moment(workshop.closed_at),
        "online": workshop.is_online,
        "place": workshop.place or None,
        "country": workshop.country,
        "languages": languages[LanguageRole.SPOKEN],
        "interpretation": languages[LanguageRole.INTERPRETATION],
    }


def programme_shape(
    workshop: Row,
    languages: Languages,
    *,
    objectives: Iterable[Row],
    sessions: Iterable[Row],
    talks: list[dict[str, Any]],
    materials: Iterable[Row],
    capacity: int | None,
    prepares: list[Row],
    follows: list[Row],
) -> WorkshopShape:
    """With what its page reads besides."""
    return workshop_shape(workshop, languages) | {
        "version": workshop.revision,
        "html": workshop.html,
        "objectives": [one.text for one in objectives],
        "sessions": [session_shape(one) for one in sessions],
        "talks": [talk_shape(talk) for talk in talks],
        "materials": [material_shape(one) for one in materials],
        "capacity": capacity,
        "prepares": [link_shape(other) for other in prepares],
        "follows": [link_shape(other) for other in follows],
    }


def session_shape(session: Row) -> WorkshopSessionShape:
    """A session."""
    return {
        "id": session.id,
        "title": session.title,
        "text_language": session.text_language,
        "starts_at": moment(session.starts_at),
        "ends_at": moment(session.ends_at),
        "starts_wall": session.starts_wall,
        "ends_wall": session.ends_wall,
    }


def talk_shape(talk: dict[str, Any]) -> TalkShape:
    """One of `talks_of`."""
    speakers: list[SpeakerShape] = [
        {
            "member": one.member_id if one.member_name else None,
            "name": (name_or_former(one.member_name) if one.member_id else one.name) or None,
            "role": one.role or None,
            "organisation": one.organisation or None,
        }
        for one in talk["speakers"]
    ]
    return {"id": talk["id"], "title": talk["title"], "languages": talk["languages"], "speakers": speakers}


def material_shape(one: Row) -> MaterialShape:
    """A row of `materials_of`."""
    told = {"id": one.id, "title": one.title, "language": one.language}
    return {**told, "link": one.link or None, "file": one.file_id}  # type: ignore[typeddict-item]


def link_shape(workshop: Row) -> WorkshopLinkShape:
    """A row of `prepared_by` or `leading_to`."""
    return {"id": workshop.id, "kind": workshop.kind, "title": workshop.title}
