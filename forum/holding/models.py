"""HeldPost: the words of a reply, or of a topic with its first post, until somebody has looked at them."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Id, Moment, db

LONGEST_ANSWER = 500
MOST_HELD = 20  # of one member, at a time


class HeldState(StrEnum):
    """What became of it."""

    WAITING = "waiting"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"  # by its author


class HeldPost(db.Model):
    """A reply has `topic_id`; without it this is a new topic in the space, perhaps within a workshop. Topics and
    workshops are above: their ids have no foreign key. `html` was rendered once, clean; `post_id` is what it became."""

    __tablename__ = "held_posts"
    __table_args__ = (
        Index("ix_held_posts_state", "state", "id"),
        Index("ix_held_posts_author", "author_id", "state", "topic_id"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    state: Mapped[HeldState] = mapped_column(String(10), default=HeldState.WAITING)
    author_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    space_id: Mapped[int] = mapped_column(ForeignKey("spaces.id"), index=True)
    topic_id: Mapped[int | None] = mapped_column(Id)
    workshop_id: Mapped[int | None] = mapped_column(Id)
    reply_to: Mapped[int | None]  # the number of the post that a reply answers
    title: Mapped[str] = mapped_column(String(200), default="")
    words: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(2))
    direction: Mapped[str] = mapped_column(String(3))
    chosen: Mapped[str] = mapped_column(String(2), default="")  # the language that the author named
    themes: Mapped[list[int]] = mapped_column(JSON, default=list)
    tags: Mapped[list[str]] = mapped_column(JSON, default=list)
    kind: Mapped[str] = mapped_column(String(10), default="")
    created_at: Mapped[datetime] = mapped_column(Moment)
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    decided_by_id: Mapped[int | None] = mapped_column(Id)
    reason: Mapped[str] = mapped_column(String(LONGEST_ANSWER), default="")
    post_id: Mapped[int | None] = mapped_column(Id)
