"""Closings as JSON."""

from typing import Any, TypedDict

from sqlalchemy import Row

from forum.closing.models import ClosingEdition, Outcome, Recording, RecordingKind
from forum.closing.queries import Change, Draft
from forum.core.api import Instant, NamedShape, RefusalShape, moment
from forum.members.queries.names import name_or_former


class RecordingShape(TypedDict):
    """The file of an event's recording, its size in bytes. `url` gives it whole or, with `Range`, in parts; who closes
    the event sees it before it is `published` with the record."""

    id: int
    name: str
    kind: RecordingKind
    video: bool
    size: int
    url: str
    published: bool


class DraftOutcomeShape(TypedDict):
    """What is prepared for an objective; `posts` are addresses as they were typed."""

    id: int
    outcome: str
    words: dict[str, str]
    posts: list[str]


class ClosingDraftShape(TypedDict):
    """What managers prepare. `edition` counts the publications; `told`: followers had their one notice;
    `recording_file` is what was handed in last."""

    version: int
    edition: int
    told: bool
    saved_at: Instant | None
    saved_by: str | None
    summary: dict[str, str]
    recommendations: dict[str, str]
    attendance: int | None
    recording_link: str
    recording_material: int | None
    recording_file: RecordingShape | None
    objectives: list[DraftOutcomeShape]


class ClosingRefusalShape(RefusalShape):
    """Somebody else has saved: what they say, what was sent, and the version that theirs is."""

    theirs: dict[str, Any]
    yours: dict[str, Any]
    version: int


class ClosingConflictShape(TypedDict):
    """A refusal that brings both."""

    error: ClosingRefusalShape


class OutcomePostShape(TypedDict):
    """A post that shows it, as far as the reader may read it."""

    id: int
    number: int
    topic: str


class ObjectiveOutcomeShape(TypedDict):
    """What became of an objective; `text` says which, in the reader's language. `words` are in `language`, the reader's
    where it is among `in_languages`, which has them all."""

    id: int
    text: str
    outcome: Outcome
    words: str
    language: str | None
    in_languages: dict[str, str]
    posts: list[OutcomePostShape]


class RecordTextShape(TypedDict):
    """A text in one language: Markdown and clean HTML."""

    words: str
    html: str


class WorkshopRecordShape(TypedDict):
    """The record of an event. `attendance` is how many came, from how many `countries`; `recording` leads to it,
    `recording_material` or `recording_file` is it."""

    workshop: int
    edition: int
    closed_at: Instant
    summary: dict[str, RecordTextShape]
    recommendations: dict[str, RecordTextShape]
    attendance: int
    countries: int
    recording: str | None
    recording_material: int | None
    recording_file: RecordingShape | None
    objectives: list[ObjectiveOutcomeShape]


class EditionShape(TypedDict):
    """A publication of a record."""

    number: int
    closed_at: Instant
    closed_by: NamedShape


class RecordChangeShape(TypedDict):
    """What the next edition says otherwise: `part` is `summary`, `recommendations`, `attendance`, `recording`, or of
    an `objective` its `outcome` or `objective`, its words."""

    part: str
    objective: int | None
    language: str | None
    before: str
    after: str


class RecordEditionShape(WorkshopRecordShape):
    """The record as it was published at a time; `next` is the number of the edition that made these `changes` to it."""

    next: int | None
    changes: list[RecordChangeShape]


class RecordEditionRowShape(TypedDict):
    """A publication, for those who read the record; managers alone read one that is `withdrawn`."""

    number: int
    closed_at: Instant
    withdrawn: bool


def change_shape(change: Change) -> RecordChangeShape:
    """One of `changes`."""
    return {
        "part": change.part,
        "objective": change.objective,
        "language": change.language,
        "before": change.before,
        "after": change.after,
    }


def recording_shape(recording: Recording) -> RecordingShape:
    """A recording."""
    return {
        "id": recording.id,
        "name": recording.name,
        "kind": recording.kind,
        "video": recording.is_video,
        "size": recording.size,
        "url": f"/recordings/{recording.id}",
        "published": recording.published_at is not None,
    }


def draft_shape(draft: Draft, objective_ids: list[int], recording: Recording | None) -> ClosingDraftShape:
    """A draft."""
    said, empty = draft.said, {"outcome": "", "words": {}, "posts": ""}
    outcomes = {id: said.get("objectives", {}).get(str(id), empty) for id in objective_ids}
    return {
        "version": draft.version,
        "edition": draft.edition,
        "told": draft.is_told,
        "saved_at": moment(draft.saved_at),
        "saved_by": None if draft.saver is None else name_or_former(draft.saver),
        "summary": said.get("summary", {}),
        "recommendations": said.get("recommendations", {}),
        "attendance": said.get("attendance"),
        "recording_link": said.get("recording_link", ""),
        "recording_material": said.get("recording_material"),
        "recording_file": recording and recording_shape(recording),
        "objectives": [
            {"id": id, "outcome": one["outcome"], "words": one["words"], "posts": one["posts"].splitlines()}
            for id, one in outcomes.items()
        ],
    }


def workshop_record_shape(
    edition: ClosingEdition, objectives: list[Row], posts: dict[int, Row], recording: Recording | None, *, locale: str
) -> WorkshopRecordShape:
    """A record with the objectives as they are worded now, and those of its posts that the reader may read."""
    content = edition.content
    texts = {
        part: {lang: {"words": one["words"], "html": one["html"]} for lang, one in content[part].items()}
        for part in ("summary", "recommendations")
    }
    return {
        "workshop": edition.workshop_id,
        "edition": edition.number,
        "closed_at": moment(edition.closed_at),
        "summary": texts["summary"],
        "recommendations": texts["recommendations"],
        "attendance": content["attendance"],
        "countries": content["countries"],
        "recording": content["recording_link"] or None,
        "recording_material": content["recording_material"],
        "recording_file": recording and recording_shape(recording),
        "objectives": [
            {
                "id": one.id,
                "text": one.text,
                "outcome": said["outcome"],
                "words": said["words"].get(language := edition.language_for(said["words"], locale), ""),
                "language": language or None,
                "in_languages": said["words"],
                "posts": [
                    {"id": id, "number": posts[id].number, "topic": posts[id].title}
                    for id in said["posts"]
                    if id in posts
                ],
            }
            for one in objectives
            if (said := content["objectives"].get(str(one.id)))
        ],
    }


def edition_shape(row: Row) -> EditionShape:
    """A row of `editions_of`."""
    closer: NamedShape = {"id": row.closed_by_id, "name": name_or_former(row.closer)}
    return {"number": row.number, "closed_at": moment(row.closed_at), "closed_by": closer}
