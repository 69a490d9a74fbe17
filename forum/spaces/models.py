"""Space, its names, and who belongs to it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Id, Moment, db


class SpaceKind(StrEnum):
    """Who may read a space."""

    PUBLIC = "public"  # everybody, guests too
    MEMBERS = "members"  # every member
    PARTICIPANTS = "participants"  # those who belong to it by taking part in a workshop
    STAFF = "staff"  # moderators, managers, admins
    PRIVATE = "private"  # those who belong to it


class Space(db.Model):
    """A circle of readers."""

    __tablename__ = "spaces"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    kind: Mapped[SpaceKind] = mapped_column(String(12), index=True)
    created_at: Mapped[datetime] = mapped_column(Moment)


class SpaceName(db.Model):
    """What a space is called in one language."""

    __tablename__ = "space_names"

    space_id: Mapped[int] = mapped_column(ForeignKey("spaces.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(String(2), primary_key=True)
    name: Mapped[str] = mapped_column(String(120))


class SpaceMember(db.Model):
    """A member belongs to a space."""

    __tablename__ = "space_members"

    space_id: Mapped[int] = mapped_column(ForeignKey("spaces.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True, index=True)
    since: Mapped[datetime] = mapped_column(Moment)
