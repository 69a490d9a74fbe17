"""Request, and the voices for it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Id, Moment, db

LONGEST_REQUEST_TITLE = 200
LONGEST_LINK = 500


class RequestState(StrEnum):
    """What became of it."""

    OPEN = "open"
    ANSWERED = "answered"  # `link` leads to the answer
    SCHEDULED = "scheduled"  # `workshop_id` takes it up
    DECLINED = "declined"  # `answer` says why
    MERGED = "merged"  # `merged_into_id` asks for the same
    WITHDRAWN = "withdrawn"


class AgendaRequest(db.Model):
    """Something that a municipality needs from the network. `municipality_id` is the asker's at that time; `voices`
    counts the municipalities behind it, those of requests that were merged into it among them."""

    __tablename__ = "agenda_requests"
    __table_args__ = (Index("ix_agenda_requests_state", "state", "voices", "id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    space_id: Mapped[int] = mapped_column(ForeignKey("spaces.id"), index=True)
    asker_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    municipality_id: Mapped[int | None] = mapped_column(ForeignKey("municipalities.id"), index=True)
    title: Mapped[str] = mapped_column(String(LONGEST_REQUEST_TITLE))
    words: Mapped[str] = mapped_column(Text, default="")
    html: Mapped[str] = mapped_column(Text, default="")
    language: Mapped[str] = mapped_column(String(2))
    language_source: Mapped[str] = mapped_column(String(10))
    direction: Mapped[str] = mapped_column(String(3))
    state: Mapped[RequestState] = mapped_column(String(10), default=RequestState.OPEN)
    voices: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(Moment)
    decision: Mapped[int] = mapped_column(default=0)  # how often something was decided
    told: Mapped[int] = mapped_column(default=0)  # the last decision that people were told of
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), index=True)
    answer: Mapped[str] = mapped_column(Text, default="")  # plain words
    link: Mapped[str] = mapped_column(String(LONGEST_LINK), default="")
    workshop_id: Mapped[int | None] = mapped_column(ForeignKey("workshops.id", ondelete="SET NULL"), index=True)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_requests.id"), index=True)


class RequestVoice(db.Model):
    """A municipality seconds a request; `member_id` said so for it. `town_id` names the municipality without a foreign
    key, because two that become one have one voice. `through_id` is the merged request that brought the voice along."""

    __tablename__ = "agenda_voices"
    __table_args__ = (UniqueConstraint("request_id", "town_id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("agenda_requests.id", ondelete="CASCADE"))
    town_id: Mapped[int] = mapped_column(Id, index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    through_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_requests.id", ondelete="CASCADE"), index=True)
    cast_at: Mapped[datetime] = mapped_column(Moment)
