"""Topic, Post, and what belongs to them."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Id, Moment, db

LONGEST_TITLE = 200
POSTS_PER_PAGE = 20


class LanguageSource(StrEnum):
    """How we know the language of a text."""

    DECLARED = "declared"
    DETECTED = "detected"
    CORRECTED = "corrected"


class TopicState(StrEnum):
    """What may be done in a topic."""

    OPEN = "open"
    CLOSED = "closed"  # may be read, takes no replies


class PostState(StrEnum):
    """What of a post is seen."""

    SHOWN = "shown"
    HIDDEN = "hidden"  # a line without content


class ReactionKind(StrEnum):
    """What can be said without words. A kind's value stands in addresses; the order here is the order on pages."""

    AGREE = "agree"
    THANKS = "thanks"
    USEFUL = "useful"
    WE_TOO = "we-do-this-too"
    QUESTION = "question"


class Topic(db.Model):
    """A conversation. `change` counts every addition, edit and hiding; `head_change` is the last that touched the
    topic itself; `last_number` numbers posts and is never lowered."""

    __tablename__ = "topics"
    __table_args__ = (
        Index("ix_topics_latest", "last_post_at", "id"),
        Index("ix_topics_space_latest", "space_id", "last_post_at", "id"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    space_id: Mapped[int] = mapped_column(ForeignKey("spaces.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    municipality_id: Mapped[int | None] = mapped_column(ForeignKey("municipalities.id"))  # the author's, then
    title: Mapped[str] = mapped_column(String(LONGEST_TITLE))
    language: Mapped[str] = mapped_column(String(2))
    language_source: Mapped[LanguageSource] = mapped_column(String(10))
    direction: Mapped[str] = mapped_column(String(3))
    slug: Mapped[str] = mapped_column(String(80))
    state: Mapped[TopicState] = mapped_column(String(10), default=TopicState.OPEN)
    created_at: Mapped[datetime] = mapped_column(Moment)
    last_post_at: Mapped[datetime] = mapped_column(Moment)
    last_author_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    last_number: Mapped[int] = mapped_column(default=1)
    last_position: Mapped[int] = mapped_column(default=1)
    post_count: Mapped[int] = mapped_column(default=1)  # of those shown
    change: Mapped[int] = mapped_column(default=1)
    head_change: Mapped[int] = mapped_column(default=1)


class Post(db.Model):
    """One contribution. `number` is its name in the topic, `position` its place on the page."""

    __tablename__ = "posts"
    __table_args__ = (
        UniqueConstraint("topic_id", "number"),
        Index("ix_posts_topic_position", "topic_id", "position"),
        Index("ix_posts_topic_change", "topic_id", "change"),
        Index("ix_posts_author", "author_id", "id"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("topics.id"))
    number: Mapped[int]
    position: Mapped[int]
    author_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    byline: Mapped[str] = mapped_column(String(12), default="member")  # how the author is shown
    municipality_id: Mapped[int | None] = mapped_column(ForeignKey("municipalities.id"))  # the author's, then
    reply_to_id: Mapped[int | None] = mapped_column(ForeignKey("posts.id"))
    words: Mapped[str] = mapped_column(Text)  # as written, Markdown
    html: Mapped[str] = mapped_column(Text)  # rendered once, clean
    renderer: Mapped[int]  # the version of what rendered it
    language: Mapped[str] = mapped_column(String(2))
    language_source: Mapped[LanguageSource] = mapped_column(String(10))
    direction: Mapped[str] = mapped_column(String(3))
    state: Mapped[PostState] = mapped_column(String(10), default=PostState.SHOWN)
    version: Mapped[int] = mapped_column(default=1)
    change: Mapped[int]  # the topic's change that last touched this post
    reactions: Mapped[str] = mapped_column(String(120), default="", server_default="")  # counts: "agree:3 thanks:1"
    created_at: Mapped[datetime] = mapped_column(Moment)
    edited_at: Mapped[datetime | None] = mapped_column(Moment)


class PostVersion(db.Model):
    """A text that a post had before an edit."""

    __tablename__ = "post_versions"

    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    words: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    renderer: Mapped[int]
    language: Mapped[str] = mapped_column(String(2))
    replaced_at: Mapped[datetime] = mapped_column(Moment)
    replaced_by_id: Mapped[int] = mapped_column(ForeignKey("members.id"))


class PostRedirect(db.Model):
    """Where a moved post used to be: its old address leads to the new one."""

    __tablename__ = "post_redirects"

    topic_id: Mapped[int] = mapped_column(ForeignKey("topics.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), index=True)


class Mention(db.Model):
    """A post speaks to a member by name."""

    __tablename__ = "mentions"

    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True, index=True)


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


class ReadMark(db.Model):
    """How far a member has read in a topic: everything up to `number`."""

    __tablename__ = "read_marks"

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("topics.id", ondelete="CASCADE"), primary_key=True, index=True)
    number: Mapped[int]
    read_at: Mapped[datetime] = mapped_column(Moment)
