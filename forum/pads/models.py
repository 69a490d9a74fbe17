"""Pad and its versions."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Id, Moment, db


class Pad(db.Model):
    """The notes of one subject, without a foreign key to it, like a follow. `version` counts its texts, `change`
    whatever changes. The pen is the writer's until `pen_until`; who asked for it comes next. Whoever changes anything
    holds the row (actions/pens.py)."""

    __tablename__ = "pads"
    __table_args__ = (UniqueConstraint("subject_kind", "subject_id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    subject_kind: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[int] = mapped_column(Id)
    words: Mapped[str] = mapped_column(Text, default="")
    html: Mapped[str] = mapped_column(Text, default="")
    direction: Mapped[str] = mapped_column(String(3), default="ltr")
    renderer: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=0)
    change: Mapped[int] = mapped_column(default=0)
    writer_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), index=True)
    pen_until: Mapped[datetime | None] = mapped_column(Moment)
    asker_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), index=True)
    asked_at: Mapped[datetime | None] = mapped_column(Moment)
    saved_at: Mapped[datetime | None] = mapped_column(Moment)
    saved_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), index=True)


class PadVersion(db.Model):
    """What one person made of it in one spell of writing, the text of today included. `brought_from` is the number of
    the older version that was brought back."""

    __tablename__ = "pad_versions"
    __table_args__ = (UniqueConstraint("pad_id", "number"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    pad_id: Mapped[int] = mapped_column(ForeignKey("pads.id", ondelete="CASCADE"))
    number: Mapped[int]
    words: Mapped[str] = mapped_column(Text)
    writer_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    began_at: Mapped[datetime] = mapped_column(Moment)
    saved_at: Mapped[datetime] = mapped_column(Moment)
    brought_from: Mapped[int | None]
