"""Topic, Post, and what belongs to them."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Id, Moment, db
from forum.topics.models.labels import (
    LONGEST_TAG,
    LONGEST_THEME,
    MOST_INTERESTS,
    MOST_TAGS,
    MOST_THEMES,
    Tag,
    Theme,
    ThemeInterest,
    ThemeName,
    TopicTag,
    TopicTheme,
)
from forum.topics.models.marks import (
    LONGEST_NOTE,
    Bookmark,
    Mention,
    PostLink,
    Quote,
    Reaction,
    ReactionKind,
    ReadMark,
)

__all__ = [
    "LONGEST_NOTE",
    "LONGEST_REASON",
    "LONGEST_TAG",
    "LONGEST_THEME",
    "LONGEST_TITLE",
    "MOST_INTERESTS",
    "MOST_TAGS",
    "MOST_THEMES",
    "POSTS_PER_PAGE",
    "POSTS_PER_SHEET",
    "UNANSWERED",
    "AcceptedAnswer",
    "Bookmark",
    "LanguageSource",
    "Mention",
    "Post",
    "PostLink",
    "PostRedirect",
    "PostState",
    "PostVersion",
    "QuestionState",
    "Quote",
    "Reaction",
    "ReactionKind",
    "ReadMark",
    "Tag",
    "Theme",
    "ThemeInterest",
    "ThemeName",
    "Topic",
    "TopicKind",
    "TopicState",
    "TopicTag",
    "TopicTheme",
    "kept_language",
]

LONGEST_TITLE = 200
LONGEST_REASON = 200
POSTS_PER_PAGE = 20
POSTS_PER_SHEET = 200  # of a topic that is printed

# What waits for an answer: an open topic in which nobody replied, or a question of which no answer was accepted.
UNANSWERED = "topics.state = 'open' AND (topics.post_count = 1 OR topics.question = 'open')"


class LanguageSource(StrEnum):
    """How we know the language of a text."""

    DECLARED = "declared"
    DETECTED = "detected"
    CORRECTED = "corrected"


class Byline(StrEnum):
    """How the author of a post is shown."""

    MEMBER = "member"
    FORMER = "former"  # they have left: "former member of <municipality>"


class TopicState(StrEnum):
    """What may be done in a topic."""

    OPEN = "open"
    CLOSED = "closed"  # may be read, takes no replies


class TopicKind(StrEnum):
    """What a topic is for."""

    DISCUSSION = "discussion"
    QUESTION = "question"


class QuestionState(StrEnum):
    """Does a question still wait?"""

    OPEN = "open"
    ANSWERED = "answered"  # one of its posts was accepted


class PostState(StrEnum):
    """What of a post is seen."""

    SHOWN = "shown"
    HIDDEN = "hidden"  # by a moderator: a line without content
    DELETED = "deleted"  # by its author: another such line


class Topic(db.Model):
    """A conversation. `change` counts every addition, edit and hiding; `head_change` is the last that touched the
    topic itself; `last_number` numbers posts and is never lowered."""

    __tablename__ = "topics"
    __table_args__ = (
        Index("ix_topics_latest", "last_post_at", "id"),
        Index("ix_topics_space_latest", "space_id", "last_post_at", "id"),
        Index("ix_topics_author_latest", "author_id", "last_post_at", "id"),
        Index("ix_topics_municipality_latest", "municipality_id", "last_post_at", "id"),
        Index("ix_topics_country_latest", "country", "last_post_at", "id"),
        Index("ix_topics_language_latest", "language", "last_post_at", "id"),
        Index(
            "ix_topics_unanswered",
            "last_post_at",
            "id",
            sqlite_where=text(UNANSWERED.replace("topics.", "")),
            postgresql_where=text(UNANSWERED.replace("topics.", "")),
        ),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    space_id: Mapped[int] = mapped_column(ForeignKey("spaces.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    municipality_id: Mapped[int | None] = mapped_column(ForeignKey("municipalities.id"))  # the author's, then
    country: Mapped[str | None] = mapped_column(String(2))  # of that municipality
    title: Mapped[str] = mapped_column(String(LONGEST_TITLE))
    language: Mapped[str] = mapped_column(String(2))
    language_source: Mapped[LanguageSource] = mapped_column(String(10))
    direction: Mapped[str] = mapped_column(String(3))
    slug: Mapped[str] = mapped_column(String(80))
    state: Mapped[TopicState] = mapped_column(String(10), default=TopicState.OPEN)
    question: Mapped[QuestionState | None] = mapped_column(String(10))  # None: a discussion
    keeper_id: Mapped[int | None] = mapped_column(Id, index=True)  # took the question over
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
        Index("ix_posts_author_latest", "author_id", "created_at", "id"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("topics.id"))
    number: Mapped[int]
    position: Mapped[int]
    author_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    byline: Mapped[Byline] = mapped_column(String(12), default=Byline.MEMBER)
    municipality_id: Mapped[int | None] = mapped_column(ForeignKey("municipalities.id"))  # the author's, then
    reply_to_id: Mapped[int | None] = mapped_column(ForeignKey("posts.id"), index=True)
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


def kept_language(post: Post) -> str | None:
    """The language that somebody said the post is in; None where we found it ourselves and may find another."""
    return None if post.language_source == LanguageSource.DETECTED else post.language


class AcceptedAnswer(db.Model):
    """A post answers the question that its topic asks, says its asker or a moderator. While the post is out of sight
    the acceptance `rests`: the question is open, and answered again when the post comes back."""

    __tablename__ = "accepted_answers"

    topic_id: Mapped[int] = mapped_column(ForeignKey("topics.id", ondelete="CASCADE"), primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), unique=True)
    accepted_by_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    accepted_at: Mapped[datetime] = mapped_column(Moment)
    rests: Mapped[bool] = mapped_column(default=False, server_default=false())


class PostVersion(db.Model):
    """A text that a post had before an edit; `reason` says why it was replaced."""

    __tablename__ = "post_versions"

    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    words: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    renderer: Mapped[int]
    language: Mapped[str] = mapped_column(String(2))
    replaced_at: Mapped[datetime] = mapped_column(Moment)
    replaced_by_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    reason: Mapped[str] = mapped_column(String(LONGEST_REASON), default="", server_default="")


class PostRedirect(db.Model):
    """Where a moved post used to be: its old address leads to the new one."""

    __tablename__ = "post_redirects"

    topic_id: Mapped[int] = mapped_column(ForeignKey("topics.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), index=True)
