"""Themes and tags: the tree, what topics carry, what interests members."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Id, Moment, db

LONGEST_THEME = 80
LONGEST_TAG = 40
MOST_THEMES = 3  # of one topic
MOST_INTERESTS = 8  # of one member
MOST_TAGS = 5


class Theme(db.Model):
    """A branch of the tree that managers keep. A retired one stays on its topics and is offered no more."""

    __tablename__ = "themes"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("themes.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)  # among its sisters
    is_retired: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(Moment)


class ThemeName(db.Model):
    """What a theme is called in one language."""

    __tablename__ = "theme_names"

    theme_id: Mapped[int] = mapped_column(ForeignKey("themes.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(String(2), primary_key=True)
    name: Mapped[str] = mapped_column(String(LONGEST_THEME))


class TopicTheme(db.Model):
    """A topic is about a theme."""

    __tablename__ = "topic_themes"
    __table_args__ = (Index("ix_topic_themes_theme", "theme_id", "topic_id"),)

    topic_id: Mapped[int] = mapped_column(ForeignKey("topics.id", ondelete="CASCADE"), primary_key=True)
    theme_id: Mapped[int] = mapped_column(ForeignKey("themes.id"), primary_key=True)


class Tag(db.Model):
    """A word that members put on topics, as it was first written. `folded` is what makes two of them one."""

    __tablename__ = "tags"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(String(LONGEST_TAG))
    folded: Mapped[str] = mapped_column(String(4 * LONGEST_TAG), unique=True)
    direction: Mapped[str] = mapped_column(String(3))


class TopicTag(db.Model):
    """A topic carries a tag."""

    __tablename__ = "topic_tags"
    __table_args__ = (Index("ix_topic_tags_tag", "tag_id", "topic_id"),)

    topic_id: Mapped[int] = mapped_column(ForeignKey("topics.id", ondelete="CASCADE"), primary_key=True)
    tag_id: Mapped[int] = mapped_column(ForeignKey("tags.id"), primary_key=True)


class ThemeInterest(db.Model):
    """A member says that a theme interests them."""

    __tablename__ = "theme_interests"
    __table_args__ = (Index("ix_theme_interests_theme", "theme_id", "member_id"),)

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    theme_id: Mapped[int] = mapped_column(ForeignKey("themes.id"), primary_key=True)
