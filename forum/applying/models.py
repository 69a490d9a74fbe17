"""Call with its texts, criteria and reviewers; candidacy, its reviews, and the decision about it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Id, Moment, db

LONGEST_CRITERION = 200
LONGEST_REASON = 2000
LONGEST_NOTE = 2000
MOST_CRITERIA = 12
MOST_POINTS = 100  # for one criterion
MOST_REVIEWERS = 50
REVIEWS_EACH = 2


class Gender(StrEnum):
    """If the applicant says it; an empty text where they do not."""

    WOMAN = "woman"
    MAN = "man"
    OTHER = "other"


class Decision(StrEnum):
    """What becomes of an application."""

    SELECTED = "selected"
    WAITING = "waiting"
    DECLINED = "declined"  # not this time


class Call(db.Model):
    """A workshop takes applications until a moment in the organiser's zone. How many places there are stands in the
    workshop's admission, and nowhere else."""

    __tablename__ = "calls"

    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshops.id", ondelete="CASCADE"), primary_key=True)
    zone: Mapped[str] = mapped_column(String(40))
    closes_wall: Mapped[str] = mapped_column(String(16))
    closes_at: Mapped[datetime] = mapped_column(Moment, index=True)
    created_at: Mapped[datetime] = mapped_column(Moment)
    assigned_at: Mapped[datetime | None] = mapped_column(Moment)  # when the reviewers got theirs
    told_at: Mapped[datetime | None] = mapped_column(Moment)  # when everybody was told


class CallText(db.Model):
    """What a call says in one language; `html` is rendered from `words` once."""

    __tablename__ = "call_texts"

    workshop_id: Mapped[int] = mapped_column(ForeignKey("calls.workshop_id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(String(2), primary_key=True)
    words: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    renderer: Mapped[int]
    written_in: Mapped[str | None] = mapped_column(String(2))  # None: in `language`; else it stands in for it


class Criterion(db.Model):
    """What reviewers look at; `most` points are the best."""

    __tablename__ = "criteria"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("calls.workshop_id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    most: Mapped[int]


class CriterionText(db.Model):
    """A criterion in one language."""

    __tablename__ = "criterion_texts"

    criterion_id: Mapped[int] = mapped_column(ForeignKey("criteria.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(String(2), primary_key=True)
    words: Mapped[str] = mapped_column(String(LONGEST_CRITERION))
    written_in: Mapped[str | None] = mapped_column(String(2))


class CallReviewer(db.Model):
    """A member who looks at applications of a call."""

    __tablename__ = "call_reviewers"

    workshop_id: Mapped[int] = mapped_column(ForeignKey("calls.workshop_id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True, index=True)


class Candidacy(db.Model):
    """A member applies for their municipality (`municipality_id`, of that time). Deciding never touches this row."""

    __tablename__ = "candidacies"
    __table_args__ = (UniqueConstraint("workshop_id", "member_id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("calls.workshop_id", ondelete="CASCADE"))
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"), index=True)
    gender: Mapped[str] = mapped_column(String(5), default="")
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("themes.id", ondelete="SET NULL"), index=True)
    words: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(2))
    direction: Mapped[str] = mapped_column(String(3))
    created_at: Mapped[datetime] = mapped_column(Moment)
    changed_at: Mapped[datetime] = mapped_column(Moment)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)  # after the call closed; before, the row goes
    letter_at: Mapped[datetime | None] = mapped_column(Moment)  # when the letter about the decision was written
    confirmed_at: Mapped[datetime | None] = mapped_column(Moment)  # they said that they take the place


class CandidacyDecision(db.Model):
    """What managers think of it, and from Call.told_at on what holds. `rank` orders those who wait, 1 the first."""

    __tablename__ = "candidacy_decisions"

    candidacy_id: Mapped[int] = mapped_column(ForeignKey("candidacies.id", ondelete="CASCADE"), primary_key=True)
    decision: Mapped[Decision] = mapped_column(String(8))
    rank: Mapped[int | None]
    decided_at: Mapped[datetime] = mapped_column(Moment)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), index=True)


class Review(db.Model):
    """One reviewer looks at one application; without `given_at` it is theirs to do."""

    __tablename__ = "candidacy_reviews"
    __table_args__ = (UniqueConstraint("candidacy_id", "reviewer_id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    candidacy_id: Mapped[int] = mapped_column(ForeignKey("candidacies.id", ondelete="CASCADE"))
    reviewer_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    assigned_at: Mapped[datetime] = mapped_column(Moment)
    given_at: Mapped[datetime | None] = mapped_column(Moment)
    note: Mapped[str] = mapped_column(Text, default="")


class Score(db.Model):
    """Points for one criterion."""

    __tablename__ = "candidacy_scores"

    review_id: Mapped[int] = mapped_column(ForeignKey("candidacy_reviews.id", ondelete="CASCADE"), primary_key=True)
    criterion_id: Mapped[int] = mapped_column(
        ForeignKey("criteria.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    points: Mapped[int]
