"""Record, its lines, and the corrections to them."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Id, Moment, db

LONGEST_LINE = 2000
LONGEST_SPEAKER = 120
MOST_LINES = 20_000  # of one record: an event of five days


class RecordKind(StrEnum):
    """How it came about."""

    TRANSCRIPT = "transcript"  # word for word
    MINUTES = "minutes"  # what somebody wrote down


class CorrectionState(StrEnum):
    """What became of a correction."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    DECLINED = "declined"


class Record(db.Model):
    """What was said, in one language. Until `open_until` those who were there may correct it, and nobody else sees
    it; then it is published."""

    __tablename__ = "records"
    __table_args__ = (UniqueConstraint("workshop_id", "language"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshops.id", ondelete="CASCADE"))
    language: Mapped[str] = mapped_column(String(2))
    kind: Mapped[RecordKind] = mapped_column(String(10))
    uploaded_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(Moment)
    open_until: Mapped[datetime] = mapped_column(Moment)
    published_at: Mapped[datetime | None] = mapped_column(Moment, index=True)


class RecordLine(db.Model):
    """One sentence or caption. Times are milliseconds from the beginning; `version` counts its texts."""

    __tablename__ = "record_lines"
    __table_args__ = (UniqueConstraint("record_id", "number"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    record_id: Mapped[int] = mapped_column(ForeignKey("records.id", ondelete="CASCADE"))
    number: Mapped[int]
    starts_ms: Mapped[int | None]
    speaker: Mapped[str] = mapped_column(String(LONGEST_SPEAKER), default="")
    words: Mapped[str] = mapped_column(Text)
    direction: Mapped[str] = mapped_column(String(3))
    version: Mapped[int] = mapped_column(default=1)


class Correction(db.Model):
    """What a line should say instead. One of a member's waits for a line at a time; `before` is what it said."""

    __tablename__ = "record_corrections"
    __table_args__ = (
        UniqueConstraint("line_id", "proposer_id"),
        Index("ix_record_corrections_state", "state", "id"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("record_lines.id", ondelete="CASCADE"))
    proposer_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    before: Mapped[str] = mapped_column(Text)
    words: Mapped[str] = mapped_column(Text)
    state: Mapped[CorrectionState] = mapped_column(String(10), default=CorrectionState.WAITING)
    created_at: Mapped[datetime] = mapped_column(Moment)
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), index=True)
