"""What is put on topics and posts: mentions, quotes, links, reactions, bookmarks, read marks."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Id, Moment, db

LONGEST_NOTE = 500


class ReactionKind(StrEnum):
    """What can be said without words. A kind's value stands in addresses; the order here is the order on pages."""

    AGREE = "agree"
    THANKS = "thanks"
    USEFUL = "useful"
    WE_TOO = "we-do-this-too"
    QUESTION = "question"


class Mention(db.Model):
    """A post speaks to a member by name."""

    __tablename__ = "mentions"

    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True, index=True)


class Quote(db.Model):
    """A post takes words from another one and says so."""

    __tablename__ = "quotes"

    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True)
    quoted_id: Mapped[int] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True, index=True)


class PostLink(db.Model):
    """A post links to something of ours, in a paragraph of its own. `mark` is how the post's HTML names it; kind and
    target are not a foreign key, because features above have their own."""

    __tablename__ = "post_links"
    __table_args__ = (Index("ix_post_links_kind_target_id", "kind", "target_id"),)

    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True)
    mark: Mapped[str] = mapped_column(String(60), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))  # topics, posts, members … as in addresses
    target_id: Mapped[int] = mapped_column(Id)


class Reaction(db.Model):
    """A member says one of a few things to a post. `topic_id` is the post's, so that a page finds a reader's own."""

    __tablename__ = "reactions"
    __table_args__ = (
        UniqueConstraint("post_id", "member_id", "kind"),
        Index("ix_reactions_topic_id_member_id", "topic_id", "member_id"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"))
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    kind: Mapped[ReactionKind] = mapped_column(String(20))
    topic_id: Mapped[int] = mapped_column(ForeignKey("topics.id", ondelete="CASCADE"))
    reacted_at: Mapped[datetime] = mapped_column(Moment)


class Bookmark(db.Model):
    """A post that a member keeps, with a note of their own."""

    __tablename__ = "bookmarks"
    __table_args__ = (UniqueConstraint("member_id", "post_id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), index=True)
    note: Mapped[str] = mapped_column(String(LONGEST_NOTE))
    created_at: Mapped[datetime] = mapped_column(Moment)


class ReadMark(db.Model):
    """How far a member has read in a topic: everything up to `number`."""

    __tablename__ = "read_marks"

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("topics.id", ondelete="CASCADE"), primary_key=True, index=True)
    number: Mapped[int]
    read_at: Mapped[datetime] = mapped_column(Moment)
