"""AudienceQuestion with its voices, Attendance, and the list of what to read."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Id, Moment, db

LONGEST_QUESTION = 1000
LONGEST_ANSWER = 1000
LONGEST_REASON = 200
LONGEST_TITLE = 200
LONGEST_LINK = 500


class AskedState(StrEnum):
    """Who sees a question."""

    SHOWN = "shown"  # whoever sees the event
    WAITING = "waiting"  # of somebody whom nobody knows yet: a moderator looks at it first
    HIDDEN = "hidden"  # by a moderator, with a reason
    WITHDRAWN = "withdrawn"  # by its asker: nobody sees it any more


class Presence(StrEnum):
    """How we know that somebody was there."""

    TAP = "tap"  # they said so themselves
    STAFF = "staff"  # a moderator or manager noted it


class AudienceQuestion(db.Model):
    """Something that somebody wants to hear about at an event, in plain words. Of a question that came
    `with_registration` nobody is told who asks; a guest's has no asker at all. It stays, and the voices of others with
    it, when that registration goes. `seconds` counts the voices. It is answered once `answered_at` is set, with a few
    words or a post, or with what was said in the room."""

    __tablename__ = "audience_questions"
    __table_args__ = (Index("ix_audience_questions_order", "workshop_id", "seconds", "id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshops.id", ondelete="CASCADE"))
    asker_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), index=True)
    registration_id: Mapped[int | None] = mapped_column(ForeignKey("registrations.id", ondelete="SET NULL"), index=True)
    with_registration: Mapped[bool] = mapped_column(default=False, server_default=false())
    talk_id: Mapped[int | None] = mapped_column(ForeignKey("talks.id", ondelete="SET NULL"), index=True)
    words: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(2))
    language_source: Mapped[str] = mapped_column(String(10))
    direction: Mapped[str] = mapped_column(String(3))
    state: Mapped[AskedState] = mapped_column(String(10), default=AskedState.SHOWN)
    seconds: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(Moment)
    edited_at: Mapped[datetime | None] = mapped_column(Moment)
    hidden_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), index=True)
    hidden_reason: Mapped[str] = mapped_column(String(LONGEST_REASON), default="")
    change: Mapped[int] = mapped_column(default=0, server_default="0")  # how often it became another one
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), index=True)
    answer: Mapped[str] = mapped_column(Text, default="")  # plain words
    answer_post_id: Mapped[int | None] = mapped_column(ForeignKey("posts.id", ondelete="SET NULL"), index=True)


class QuestionVoice(db.Model):
    """A member seconds a question."""

    __tablename__ = "audience_voices"

    question_id: Mapped[int] = mapped_column(ForeignKey("audience_questions.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True, index=True)
    cast_at: Mapped[datetime] = mapped_column(Moment)


class Attendance(db.Model):
    """Somebody was there: a member, or else a guest who registered by e-mail."""

    __tablename__ = "attendances"
    __table_args__ = (
        UniqueConstraint("workshop_id", "member_id"),
        UniqueConstraint("workshop_id", "registration_id"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshops.id", ondelete="CASCADE"))
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), index=True)
    registration_id: Mapped[int | None] = mapped_column(ForeignKey("registrations.id", ondelete="CASCADE"), index=True)
    noted_at: Mapped[datetime] = mapped_column(Moment)
    presence: Mapped[Presence] = mapped_column(String(5))
    noted_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), index=True)


class ReadingEntry(db.Model):
    """Something to read before an event: a link to another site, or a topic or post of ours, which those see who may
    read it."""

    __tablename__ = "reading_entries"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshops.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    link: Mapped[str] = mapped_column(String(LONGEST_LINK), default="")  # of another site
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("topics.id", ondelete="CASCADE"), index=True)
    post_id: Mapped[int | None] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), index=True)


class ReadingText(db.Model):
    """What an entry is called in one language; a topic that nobody named otherwise has its own title."""

    __tablename__ = "reading_texts"

    entry_id: Mapped[int] = mapped_column(ForeignKey("reading_entries.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(String(2), primary_key=True)
    title: Mapped[str] = mapped_column(String(LONGEST_TITLE))
    written_in: Mapped[str | None] = mapped_column(String(2))  # None: in `language`; else it stands in for it
