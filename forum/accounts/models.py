"""Exports that members asked for."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Id, Moment, db


class ExportState(StrEnum):
    """How far an export came."""

    WAITING = "waiting"
    MAKING = "making"  # claimed by a process; after a while it counts as waiting again
    READY = "ready"
    FETCHED = "fetched"
    OVER = "over"  # nobody fetched it in time, or a later one took its place
    FAILED = "failed"


class Export(db.Model):
    """Everything that is held of a member, packed for them. `file` is its name in the folder of exports."""

    __tablename__ = "exports"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    state: Mapped[ExportState] = mapped_column(String(10), default=ExportState.WAITING, index=True)
    file: Mapped[str] = mapped_column(String(64), default="")
    size: Mapped[int] = mapped_column(default=0)
    tries: Mapped[int] = mapped_column(default=0)
    asked_at: Mapped[datetime] = mapped_column(Moment)
    claimed_at: Mapped[datetime | None] = mapped_column(Moment)
    ready_at: Mapped[datetime | None] = mapped_column(Moment)
    expires_at: Mapped[datetime | None] = mapped_column(Moment)
