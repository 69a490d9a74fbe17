"""Handover: who goes, who takes over, and what was chosen to go along."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Id, Moment, db


class HandoverState(StrEnum):
    """How far it came."""

    WAITING = "waiting"  # for the successor
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Handover(db.Model):
    """`drafts` are [kind, subject id] of those that the leaver chose; their words stay where they are until then."""

    __tablename__ = "handovers"
    __table_args__ = (
        Index(
            "uq_handovers_waiting",
            "leaver_id",
            unique=True,
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    state: Mapped[HandoverState] = mapped_column(String(10))
    leaver_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    successor_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"), index=True)
    named_by_id: Mapped[int | None] = mapped_column(Id)
    drafts: Mapped[list[list[str | int]]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(Moment)
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
