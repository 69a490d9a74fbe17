"""Space, its names, and who belongs to it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Id, Moment, db

LONGEST_SPACE_NAME = 120
LONGEST_REASON = 500


class SpaceKind(StrEnum):
    """Who may read a space."""

    PUBLIC = "public"  # everybody, guests too
    MEMBERS = "members"  # every member
    PARTICIPANTS = "participants"  # those who belong to it by taking part in a workshop
    STAFF = "staff"  # moderators, managers, admins
    PRIVATE = "private"  # those who belong to it


class Joining(StrEnum):
    """How members come to belong to a space whose kind asks for it."""

    INVITATION = "invitation"  # a manager adds them; nobody else knows that it is there
    REQUEST = "request"  # members see its name, ask, and a manager decides


class Space(db.Model):
    """A circle of readers."""

    __tablename__ = "spaces"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    kind: Mapped[SpaceKind] = mapped_column(String(12), index=True)
    joining: Mapped[Joining] = mapped_column(
        String(12), default=Joining.INVITATION, server_default=Joining.INVITATION.value
    )
    created_at: Mapped[datetime] = mapped_column(Moment)


class SpaceName(db.Model):
    """What a space is called in one language."""

    __tablename__ = "space_names"

    space_id: Mapped[int] = mapped_column(ForeignKey("spaces.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(String(2), primary_key=True)
    name: Mapped[str] = mapped_column(String(LONGEST_SPACE_NAME))


class SpaceMember(db.Model):
    """A member belongs to a space."""

    __tablename__ = "space_members"

    space_id: Mapped[int] = mapped_column(ForeignKey("spaces.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True, index=True)
    since: Mapped[datetime] = mapped_column(Moment)


class SpaceRequest(db.Model):
    """A member asks to belong to a space; the row goes when a manager has decided."""

    __tablename__ = "space_requests"

    space_id: Mapped[int] = mapped_column(ForeignKey("spaces.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True, index=True)
    why: Mapped[str] = mapped_column(String(LONGEST_REASON), default="")
    asked_at: Mapped[datetime] = mapped_column(Moment)
