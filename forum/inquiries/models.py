"""Survey with its texts, who was invited, and the topics that its charts have."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Id, Moment, db
from forum.questionnaires.models import HolderKind

LONGEST_SURVEY_TITLE = 200
LONGEST_SURVEY_WORDS = 2000
SUBJECT = "survey"  # of questionnaires and notices
FOCAL = "focal-point"  # a role, in the scope of a municipality
FEW = 5  # a smaller group of answers is never shown


class Occasion(StrEnum):
    """When it is held."""

    BEFORE = "before"  # an event
    AFTER = "after"
    YEARLY = "yearly"


class ResultsFor(StrEnum):
    """Who sees the results once it is closed."""

    STAFF = "staff"
    ANSWERED = "answered"  # and who has answered


class Survey(db.Model):
    """It takes answers from `opens_at` until `closes_at`, and nothing of them is shown before. `space_id` says who may
    know of it, `voice` who answers once; `previous_id` is the one of last time."""

    __tablename__ = "surveys"
    __table_args__ = (Index("ix_surveys_times", "opens_at", "closes_at"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    occasion: Mapped[Occasion] = mapped_column(String(8))
    voice: Mapped[HolderKind] = mapped_column(String(12))
    results_for: Mapped[ResultsFor] = mapped_column(String(10))
    workshop_id: Mapped[int | None] = mapped_column(ForeignKey("workshops.id", ondelete="CASCADE"), index=True)
    space_id: Mapped[int] = mapped_column(ForeignKey("spaces.id"), index=True)
    previous_id: Mapped[int | None] = mapped_column(ForeignKey("surveys.id", ondelete="SET NULL"), index=True)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    opens_at: Mapped[datetime] = mapped_column(Moment)
    closes_at: Mapped[datetime] = mapped_column(Moment)
    created_at: Mapped[datetime] = mapped_column(Moment)
    invited_at: Mapped[datetime | None] = mapped_column(Moment)  # when the last of the letters was written


class SurveyText(db.Model):
    """What a survey says of itself in one language."""

    __tablename__ = "survey_texts"

    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(String(2), primary_key=True)
    title: Mapped[str] = mapped_column(String(LONGEST_SURVEY_TITLE))
    words: Mapped[str] = mapped_column(Text, default="")
    written_in: Mapped[str | None] = mapped_column(String(2))  # None: in `language`; else it stands in for it


class SurveyInvitation(db.Model):
    """A member has had the letter, and perhaps the one that reminds them before it closes."""

    __tablename__ = "survey_invitations"

    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True, index=True)
    invited_at: Mapped[datetime] = mapped_column(Moment)
    reminded_at: Mapped[datetime | None] = mapped_column(Moment)


class SurveyTopic(db.Model):
    """The topic in which the answers to a question are discussed."""

    __tablename__ = "survey_topics"

    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id", ondelete="CASCADE"), primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id", ondelete="CASCADE"), primary_key=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("topics.id", ondelete="CASCADE"), index=True)
