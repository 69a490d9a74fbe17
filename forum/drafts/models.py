"""Draft: one member, one subject, what is written so far."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Id, Moment, db

LONGEST_TITLE = 200
LONGEST_LINE = 250  # of tags, or of the reason of an edit
MOST_LABELS = 10
MOST_DRAFTS = 200  # of one member


class DraftKind(StrEnum):
    """What the words are meant for; the value stands in addresses."""

    TOPIC = "topic"  # a reply in it
    POST = "post"  # other words for it
    SPACE = "space"  # a new topic in it
    WORKSHOP = "workshop"  # a new topic in it


class Draft(db.Model):
    """Subjects have no foreign key: words outlive what they were meant for. Whether the member may (still) see the
    subject does not matter either: the words are their own, and nothing of the subject is kept."""

    __tablename__ = "drafts"
    __table_args__ = (Index("ix_drafts_latest", "member_id", "saved_at"),)

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    subject_kind: Mapped[DraftKind] = mapped_column(String(10), primary_key=True)
    subject_id: Mapped[int] = mapped_column(Id, primary_key=True)
    title: Mapped[str] = mapped_column(String(LONGEST_TITLE), default="")
    words: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(2), default="")  # as chosen; empty: to be detected
    reply_to: Mapped[int | None]  # the number of the post that a reply answers
    version: Mapped[int | None]  # of the post that an edit began with
    themes: Mapped[list[int]] = mapped_column(JSON, default=list, server_default="[]")  # of a new topic, as chosen
    tags: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")  # as typed
    kind: Mapped[str] = mapped_column(String(10), default="", server_default="")
    reason: Mapped[str] = mapped_column(String(LONGEST_LINE), default="", server_default="")  # of an edit
    saved_at: Mapped[datetime] = mapped_column(Moment)
