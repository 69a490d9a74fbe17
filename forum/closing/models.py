"""Closing with its editions, the recording of an event, and which questions became topics."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Id, Moment, db
from forum.files.models import LONGEST_NAME
from forum.workshops.actions.plans import stand_in


class Outcome(StrEnum):
    """What became of an objective."""

    MET = "met"
    PARTLY = "partly"
    NOT = "not"


class RecordingKind(StrEnum):
    """What a recording is by its contents; the value is the ending of its name."""

    MP4 = "mp4"
    M4A = "m4a"
    WEBM = "webm"
    MP3 = "mp3"
    OGG = "ogg"


class Closing(db.Model):
    """What managers prepare after an event: `draft` is what the form holds (contents.py), `version` counts its savings.
    `edition` is the number of the last publication, 0 before the first. Followers are told once, whatever is corrected
    later: `told_at`."""

    __tablename__ = "closings"

    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshops.id", ondelete="CASCADE"), primary_key=True)
    version: Mapped[int] = mapped_column(default=0)
    draft: Mapped[dict[str, Any]] = mapped_column(JSON)
    saved_at: Mapped[datetime | None] = mapped_column(Moment)
    saved_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), index=True)
    edition: Mapped[int] = mapped_column(default=0)
    told_at: Mapped[datetime | None] = mapped_column(Moment)


class ClosingEdition(db.Model):
    """The record as it was published at a time: texts with their clean HTML, numbers, outcomes with ids of posts. An
    earlier one may be `withdrawn_at`: only who closes the event reads it."""

    __tablename__ = "closing_editions"
    __table_args__ = (UniqueConstraint("workshop_id", "number"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshops.id", ondelete="CASCADE"))
    number: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    closed_by_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    closed_at: Mapped[datetime] = mapped_column(Moment)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)

    @staticmethod
    def language_for(texts: Mapping[str, Any], locale: str) -> str:
        """In which of its languages somebody who reads in `locale` is shown a text of it; empty where there is none."""
        return locale if texts.get(locale) else stand_in(texts) if any(texts.values()) else ""


class ClosedQuestion(db.Model):
    """A question that nobody answered has become a topic: once."""

    __tablename__ = "closed_questions"

    question_id: Mapped[int] = mapped_column(ForeignKey("audience_questions.id", ondelete="CASCADE"), primary_key=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("topics.id", ondelete="CASCADE"), index=True)


class Recording(db.Model):
    """The file of an event's recording; `key` names its bytes in the storage. What is handed in waits for the record to
    be published with it (`published_at`) and takes the place of the one before then; so an event has two at most."""

    __tablename__ = "recordings"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshops.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(String(32), unique=True)
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    kind: Mapped[RecordingKind] = mapped_column(String(4))
    is_video: Mapped[bool]
    size: Mapped[int]  # bytes
    uploaded_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(Moment)
    published_at: Mapped[datetime | None] = mapped_column(Moment)
    removed_at: Mapped[datetime | None] = mapped_column(Moment, index=True)  # its bytes go in a moment

    @property
    def mime(self) -> str:
        """As players want it."""
        if self.kind == RecordingKind.MP3:
            return "audio/mpeg"
        return f"{'video' if self.is_video else 'audio'}/{'mp4' if self.kind == RecordingKind.M4A else self.kind}"
