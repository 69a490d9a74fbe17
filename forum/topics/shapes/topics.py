"""Topics, themes and tags as JSON."""

from typing import TypedDict

from sqlalchemy import Row

from forum.core.api import Instant, NamedShape, moment
from forum.following.models import Level
from forum.topics.models import QuestionState, TopicKind
from forum.topics.queries import Branch, Labels
from forum.topics.shapes.posts import PersonShape, person_shape
from forum.workshops.models import Phase


class TopicShape(TypedDict):
    """A topic: who opened it, for which municipality in which country, and whose post is the last one. `themes` are in
    the reader's language, `tags` as they were written; `read_number` says how far the reader has read, `follow` how
    much they hear of it; `change` counts whatever happens in it."""

    id: int
    title: str
    language: str
    slug: str
    space: int
    public: bool
    closed: bool
    kind: TopicKind
    answered: bool
    themes: list[NamedShape]
    tags: list[str]
    posts: int
    last_number: int
    read_number: int
    follow: Level | None
    change: int
    created_at: Instant
    last_post_at: Instant
    author: PersonShape
    municipality: int | None
    country: str | None
    last_author: PersonShape


class WorkshopTopicShape(TopicShape):
    """A topic of a workshop; `phase` says whether it was opened before, during or after."""

    phase: Phase


class StartedShape(TypedDict):
    """The ids of a new topic and the number of its first post."""

    id: int
    number: int


class WorkshopTopicStartedShape(StartedShape):
    """The new topic, its id and the number of its first post."""

    topic: WorkshopTopicShape


def topic_shape(topic: Row, labels: Labels) -> TopicShape:
    """A row of `topic_rows`."""
    return {
        "id": topic.id,
        "title": topic.title,
        "language": topic.language,
        "slug": topic.slug,
        "space": topic.space_id,
        "public": topic.space_kind == "public",
        "closed": topic.state == "closed",
        "kind": TopicKind.QUESTION if topic.question else TopicKind.DISCUSSION,
        "answered": topic.question == QuestionState.ANSWERED,
        "themes": [{"id": theme.id, "name": theme.name} for theme in labels.themes],
        "tags": [tag.name for tag in labels.tags],
        "posts": topic.post_count,
        "last_number": topic.last_number,
        "read_number": topic.read_number,
        "follow": topic.level,
        "change": topic.change,
        "created_at": moment(topic.created_at),
        "last_post_at": moment(topic.last_post_at),
        "author": person_shape(topic.author_id, topic.author, topic.municipality),
        "municipality": topic.municipality_id,
        "country": topic.country,
        "last_author": person_shape(topic.last_author_id, topic.last_author),
    }


class ThemeShape(TypedDict):
    """A theme of the tree; those below it follow it. No topic takes a retired one any more."""

    id: int
    name: str
    parent: int | None
    retired: bool


def theme_shape(theme: Branch) -> ThemeShape:
    """Of the tree."""
    return {"id": theme.id, "name": theme.name, "parent": theme.parent_id, "retired": theme.is_retired}


class TagShape(TypedDict):
    """A tag and how many of the latest topics carry it."""

    name: str
    topics: int


def tag_shape(tag: Row) -> TagShape:
    """A row of `tags_in_use`."""
    return {"name": tag.name, "topics": tag.topics}


class FollowShape(TypedDict):
    """How much the reader hears of a topic: `all` of it, only `mentions`, or nothing."""

    level: Level
