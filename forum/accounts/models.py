"""Exports and erasures that members asked for."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Id, Moment, db

LONGEST_REASON = 500


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


class ErasureState(StrEnum):
    """How far an erasure came."""

    WAITING = "waiting"
    WITHDRAWN = "withdrawn"
    DONE = "done"


class Erasure(db.Model):
    """A member is to be erased, once `due_at` has come. `asked_by_id` is the member or a manager, who says `why`; the
    reason goes with the name. `noted_at` says that the ledger outside the database knows of it."""

    __tablename__ = "erasures"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    state: Mapped[ErasureState] = mapped_column(String(10), default=ErasureState.WAITING, index=True)
    asked_by_id: Mapped[int | None] = mapped_column(Id)
    why: Mapped[str] = mapped_column(String(LONGEST_REASON), default="")
    asked_at: Mapped[datetime] = mapped_column(Moment)
    due_at: Mapped[datetime] = mapped_column(Moment)
    done_at: Mapped[datetime | None] = mapped_column(Moment)
    noted_at: Mapped[datetime | None] = mapped_column(Moment)
