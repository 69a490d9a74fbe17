"""The audit log: who did what to whom and why. Rows are only ever added; no secrets, no words of posts."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from forum.core import clock
from forum.core.db import Id, Moment, db


class AuditEntry(db.Model):
    """One thing that was done. Actors and subjects are ids without a foreign key: the entry outlives them."""

    __tablename__ = "audit_entries"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    actor_id: Mapped[int | None] = mapped_column(Id, index=True)
    action: Mapped[str] = mapped_column(String(60))
    subject_kind: Mapped[str] = mapped_column(String(30))
    subject_id: Mapped[int | None] = mapped_column(Id)
    details: Mapped[dict[str, Any]] = mapped_column(JSON)


def note(action: str, *, actor_id: int | None, subject: tuple[str, int | None], **details: Any) -> None:
    """Write one entry in the running transaction."""
    kind, subject_id = subject
    db.session.add(
        AuditEntry(
            at=clock.now(),
            actor_id=actor_id,
            action=action,
            subject_kind=kind,
            subject_id=subject_id,
            details=details,
        )
    )
