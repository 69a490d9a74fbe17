"""Poll, its options and the voices."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Id, Moment, db

LONGEST_QUESTION = 200
LONGEST_OPTION = 120
MOST_OPTIONS = 20
MOST_POLLS = 10  # in one topic


class PollKind(StrEnum):
    """What a voice says."""

    SINGLE = "single"  # one option
    MULTIPLE = "multiple"  # some
    RANKED = "ranked"  # some, the best first


class Voice(StrEnum):
    """Who has one."""

    MEMBER = "member"
    MUNICIPALITY = "municipality"  # whoever of it votes last speaks for it


class Results(StrEnum):
    """When they are seen."""

    AT_ONCE = "at-once"
    AFTER = "after"  # once the poll is closed; before that by nobody


class Poll(db.Model):
    """A question in a topic. It is open until `closes_at`, if there is one, and until it was closed. `change` counts
    the votes cast and taken back."""

    __tablename__ = "polls"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("topics.id", ondelete="CASCADE"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    question: Mapped[str] = mapped_column(String(LONGEST_QUESTION))
    language: Mapped[str] = mapped_column(String(2))
    direction: Mapped[str] = mapped_column(String(3))
    kind: Mapped[PollKind] = mapped_column(String(10))
    voice: Mapped[Voice] = mapped_column(String(12))
    results: Mapped[Results] = mapped_column(String(10))
    change: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(Moment)
    closes_at: Mapped[datetime | None] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)


class PollOption(db.Model):
    """What can be chosen."""

    __tablename__ = "poll_options"
    __table_args__ = (UniqueConstraint("poll_id", "position"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    poll_id: Mapped[int] = mapped_column(ForeignKey("polls.id", ondelete="CASCADE"))
    position: Mapped[int]
    words: Mapped[str] = mapped_column(String(LONGEST_OPTION))
    direction: Mapped[str] = mapped_column(String(3))


class Ballot(db.Model):
    """One voice. `voter_id` is a member's or a municipality's, as the poll has it; `member_id` is who cast it."""

    __tablename__ = "poll_ballots"
    __table_args__ = (UniqueConstraint("poll_id", "voter_id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    poll_id: Mapped[int] = mapped_column(ForeignKey("polls.id", ondelete="CASCADE"))
    voter_id: Mapped[int] = mapped_column(Id)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    cast_at: Mapped[datetime] = mapped_column(Moment)


class Choice(db.Model):
    """A voice chose an option; `rank` is 1 for the best, and 1 for all where none is ranked."""

    __tablename__ = "poll_choices"

    ballot_id: Mapped[int] = mapped_column(ForeignKey("poll_ballots.id", ondelete="CASCADE"), primary_key=True)
    option_id: Mapped[int] = mapped_column(
        ForeignKey("poll_options.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    rank: Mapped[int]
