"""Follow: one member, one subject, how much."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Id, Moment, db


class Level(StrEnum):
    """How much a follower hears."""

    ALL = "all"  # every reply
    MENTIONS = "mentions"  # only when spoken to
    MUTED = "muted"  # nothing at all


class Origin(StrEnum):
    """Why the row is there; a choice is never overwritten by what happens by itself."""

    AUTHOR = "author"
    CHOICE = "choice"
    ALONG = "along"  # who comes to a workshop follows its topics


class Follow(db.Model):
    """Subjects have no foreign key, so that anything may be followed; the clock sweeps rows whose subject is gone."""

    __tablename__ = "follows"
    __table_args__ = (Index("ix_follows_subject", "subject_kind", "subject_id", "level"),)

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    subject_kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    subject_id: Mapped[int] = mapped_column(Id, primary_key=True)
    level: Mapped[Level] = mapped_column(String(10))
    origin: Mapped[Origin] = mapped_column(String(10))
    since: Mapped[datetime] = mapped_column(Moment)
