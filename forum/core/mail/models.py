"""The table of letters."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Id, Moment, db

PERSONAL = "personal"  # the kind of a letter from one person to another: its words are for its recipient alone
TOKEN_HERE = "@@token@@"  # stands in text and html for the token, which is in no table


class LetterState(StrEnum):
    """How far a letter came."""

    WAITING = "waiting"
    SENDING = "sending"  # claimed by a process; after a while it counts as waiting again
    SENT = "sent"
    DEAD = "dead"  # refused for good, tried too often, or too late to be of use
    KEPT = "kept"  # this site sends no letters: a demonstration
    VOID = "void"  # to nobody: written so that a request for an unknown address does what one for a known does


class Letter(db.Model):
    """One letter to one person. `member_id` is who gets it, `sender_id` who wrote it if a person did; neither has a
    foreign key: members stand above."""

    __tablename__ = "letters"
    __table_args__ = (Index("ix_letters_state_due_at", "state", "due_at"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    kind: Mapped[str] = mapped_column(String(30))
    address: Mapped[str] = mapped_column(String(254))
    member_id: Mapped[int | None] = mapped_column(Id, index=True)
    sender_id: Mapped[int | None] = mapped_column(Id, index=True)
    language: Mapped[str] = mapped_column(String(2))
    subject: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    calendar: Mapped[str | None] = mapped_column(Text)  # iCalendar that goes along as a file
    token_salt: Mapped[bytes | None] = mapped_column(LargeBinary(16))
    message_id: Mapped[str] = mapped_column(String(200))
    state: Mapped[LetterState] = mapped_column(String(10))
    tries: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(Moment, index=True)
    due_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime | None] = mapped_column(Moment)  # after this it is of no use to anybody
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
