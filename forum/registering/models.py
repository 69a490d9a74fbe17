"""Admission, Registration, and what a guest said before the address was known to be theirs."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Id, Moment, db
from forum.core.derived import SALT

LONGEST_LINK = 500
LONGEST_QUESTION = 1000
LONGEST_ORGANISATION = 120
MOST_PLACES = 100_000


class Answer(StrEnum):
    """Will you come?"""

    YES = "yes"
    MAYBE = "maybe"
    NO = "no"


class Place(StrEnum):
    """What follows from the answer."""

    CONFIRMED = "confirmed"
    WAITING = "waiting"  # all places are taken; who asked first is next
    NONE = "none"


class Admission(db.Model):
    """How many come in, and by which address. It stands apart from the workshop, so that no query of workshops
    brings the joining link along. Whoever gives places away holds this row (actions/places.py). With
    `applications_until` places are given to those who applied and were selected, and the form is for them alone."""

    __tablename__ = "admissions"

    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshops.id", ondelete="CASCADE"), primary_key=True)
    capacity: Mapped[int | None]  # None: as many as come
    joining_link: Mapped[str] = mapped_column(String(LONGEST_LINK), default="")
    link_version: Mapped[int] = mapped_column(default=0)
    applications_until: Mapped[datetime | None] = mapped_column(Moment)


class Registration(db.Model):
    """One person's answer: of a member, or of a guest who showed that the address is theirs. `told` is what the last
    letter said, so that a letter goes out once; from `salt` the way in of the letters is made (queries.way_in)."""

    __tablename__ = "registrations"
    __table_args__ = (
        UniqueConstraint("workshop_id", "member_id"),
        UniqueConstraint("workshop_id", "email"),
        Index("ix_registrations_place", "workshop_id", "place", "waits_since", "id"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshops.id", ondelete="CASCADE"))
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    email: Mapped[str | None] = mapped_column(String(254), index=True)  # of a guest
    name: Mapped[str] = mapped_column(String(80), default="")  # of a guest, like the two that follow
    organisation: Mapped[str] = mapped_column(String(LONGEST_ORGANISATION), default="")
    country: Mapped[str] = mapped_column(String(2), default="")
    language: Mapped[str] = mapped_column(String(2))  # of a guest's letters
    answer: Mapped[Answer] = mapped_column(String(5))
    place: Mapped[Place] = mapped_column(String(9), default=Place.NONE)
    wants: Mapped[str] = mapped_column(String(2), default="")  # the language to hear; empty: any of those spoken
    question: Mapped[str] = mapped_column(Text, default="")
    talk_id: Mapped[int | None] = mapped_column(ForeignKey("talks.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime] = mapped_column(Moment)
    changed_at: Mapped[datetime] = mapped_column(Moment)
    waits_since: Mapped[datetime | None] = mapped_column(Moment)
    told: Mapped[str] = mapped_column(String(30), default="")
    told_schedule: Mapped[int] = mapped_column(default=0, server_default="0")  # see actions/reminding.py
    reminded: Mapped[int] = mapped_column(default=0, server_default="0")  # how near the beginning was
    reminded_of: Mapped[datetime | None] = mapped_column(Moment)  # and which beginning
    # A later day of it, as 2018-03-20.
    reminded_day: Mapped[str] = mapped_column(String(10), default="", server_default="")
    salt: Mapped[bytes] = mapped_column(LargeBinary(SALT))


class GuestAnswer(db.Model):
    """What a guest said, until the link in the letter shows whose the address is."""

    __tablename__ = "guest_answers"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshops.id", ondelete="CASCADE"), index=True)
    email: Mapped[str] = mapped_column(String(254), index=True)
    name: Mapped[str] = mapped_column(String(80))
    organisation: Mapped[str] = mapped_column(String(LONGEST_ORGANISATION))
    country: Mapped[str] = mapped_column(String(2))
    language: Mapped[str] = mapped_column(String(2))
    answer: Mapped[Answer] = mapped_column(String(5))
    wants: Mapped[str] = mapped_column(String(2))
    question: Mapped[str] = mapped_column(Text)
    talk_id: Mapped[int | None] = mapped_column(ForeignKey("talks.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime] = mapped_column(Moment, index=True)
    confirmed_at: Mapped[datetime | None] = mapped_column(Moment)
