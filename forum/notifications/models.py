"""Notice: what waits behind a member's bell."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Id, Moment, db


class NoticeKind(StrEnum):
    """Why a member is told."""

    REPLY = "reply"  # somebody wrote in a topic that they follow
    MENTION = "mention"  # somebody spoke to them, or answered their post
    ASKED = "asked"  # somebody asks to join a space that they manage
    JOINED = "joined"  # they belong to a space now
    DECLINED = "declined"  # they asked to join a space, and were not let in
    SUCCESSOR = "successor"  # they are asked to take over from a colleague
    HANDED = "handed"  # their successor has taken over
    HELD = "held"  # something of a new member waits for them, who moderate
    APPROVED = "approved"  # what they wrote was held, and is seen now
    REFUSED = "refused"  # and is not
    NOT_HANDED = "not-handed"  # their successor has declined
    ANSWERED = "answered"  # what they asked the network for is answered
    SCHEDULED = "scheduled"  # an event takes it up
    NOT_TAKEN = "not-taken"  # the network does not take it up
    CLOSED = "closed"  # an event that they follow has its record
    MERGED = "merged"  # others ask for the same; the two are one now
    SURVEY = "survey"  # a survey asks them


class Notice(db.Model):
    """News from one topic, from one space, or of something that concerns the member alone (`subject_kind`). While it is
    unread further posts of a topic are counted in the same row; `last_post_id` is the newest of them. `actor_id` is who
    asks to join the space; who is told of their own joining is its actor too."""

    __tablename__ = "notices"
    __table_args__ = (
        Index("ix_notices_member", "member_id", "updated_at", "id"),
        Index(
            "uq_notices_unread",
            "member_id",
            "topic_id",
            unique=True,
            sqlite_where=text("read_at IS NULL"),
            postgresql_where=text("read_at IS NULL"),
        ),
        Index(
            "uq_notices_unread_subject",
            "member_id",
            "subject_kind",
            "subject_id",
            "kind",
            unique=True,
            sqlite_where=text("read_at IS NULL"),
            postgresql_where=text("read_at IS NULL"),
        ),
        Index(
            "uq_notices_unread_space",
            "member_id",
            "space_id",
            "kind",
            "actor_id",
            unique=True,
            sqlite_where=text("read_at IS NULL"),
            postgresql_where=text("read_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("topics.id", ondelete="CASCADE"), index=True)
    space_id: Mapped[int | None] = mapped_column(ForeignKey("spaces.id", ondelete="CASCADE"), index=True)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    subject_kind: Mapped[str | None] = mapped_column(String(20))
    subject_id: Mapped[int | None] = mapped_column(Id)
    kind: Mapped[NoticeKind] = mapped_column(String(10))
    count: Mapped[int]
    first_number: Mapped[int]
    last_post_id: Mapped[int | None] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"))
    created_at: Mapped[datetime] = mapped_column(Moment)
    updated_at: Mapped[datetime] = mapped_column(Moment)
    read_at: Mapped[datetime | None] = mapped_column(Moment)


class ToldPost(db.Model):
    """A member was told of a post, and why: jobs may run twice and in any order, and each post counts once."""

    __tablename__ = "told_posts"

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True, index=True)
    kind: Mapped[NoticeKind] = mapped_column(String(10), default=NoticeKind.REPLY, server_default="reply")
