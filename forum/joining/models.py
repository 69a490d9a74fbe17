"""Applications."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Id, Moment, db

LONGEST_REASON = 2000
LONGEST_TOWN = 120


class ApplicationState(StrEnum):
    """How far an application came."""

    UNCONFIRMED = "unconfirmed"  # the letter with its link is on its way
    WAITING = "waiting"
    APPROVED = "approved"
    DECLINED = "declined"
    REPLACED = "replaced"  # by a later one from the same address
    VOID = "void"  # the address is a member's already: see core.mail.LetterState.VOID


class Application(db.Model):
    """Somebody asks to join. Without `municipality_id` they named a town that the network does not know yet."""

    __tablename__ = "applications"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    state: Mapped[ApplicationState] = mapped_column(String(12), index=True)
    email: Mapped[str] = mapped_column(String(254), index=True)
    display_name: Mapped[str] = mapped_column(String(80))
    other_name: Mapped[str] = mapped_column(String(80), default="")
    municipality_id: Mapped[int | None] = mapped_column(ForeignKey("municipalities.id"), index=True)
    town: Mapped[str] = mapped_column(String(LONGEST_TOWN), default="")
    country: Mapped[str] = mapped_column(String(2), default="")
    post_held: Mapped[str] = mapped_column(String(120), default="")
    reason: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(2))  # of the letters and the pages
    reads: Mapped[str] = mapped_column(String(20))  # "ar en", the dearest first
    created_at: Mapped[datetime] = mapped_column(Moment)
    confirmed_at: Mapped[datetime | None] = mapped_column(Moment)
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    decided_by: Mapped[int | None] = mapped_column(Id)
    answer: Mapped[str] = mapped_column(Text, default="")
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"), index=True)


class InvitationState(StrEnum):
    """What became of an invitation; an open one is over when its link is."""

    OPEN = "open"
    USED = "used"
    WITHDRAWN = "withdrawn"


class Invitation(db.Model):
    """A manager asks somebody to join: no application is needed."""

    __tablename__ = "invitations"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    state: Mapped[InvitationState] = mapped_column(String(12))
    email: Mapped[str] = mapped_column(String(254), index=True)
    display_name: Mapped[str] = mapped_column(String(80), default="")
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"), index=True)
    language: Mapped[str] = mapped_column(String(2))
    invited_by: Mapped[int | None] = mapped_column(Id)
    created_at: Mapped[datetime] = mapped_column(Moment)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"), index=True)
