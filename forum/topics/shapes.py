"""Topics and posts as JSON, for API and sockets alike."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row

from forum.core.api import moment
from forum.topics.fragments import fragment
from forum.topics.models import Post, PostState, QuestionState, TopicKind
from forum.topics.queries import Branch, Labels, TopicSeen, Version, cards_of, quoted_of


def labels_shape(labels: Labels) -> dict[str, Any]:
    """`themes` in the reader's language, `tags` as they were written."""
    return {
        "themes": [{"id": theme.id, "name": theme.name} for theme in labels.themes],
        "tags": [tag.name for tag in labels.tags],
    }


def topic_shape(topic: Row | TopicSeen, labels: Labels) -> dict[str, Any]:
    """A topic of a list, or alone."""
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
        **labels_shape(labels),
        "posts": topic.post_count,
        "last_number": topic.last_number,
        "read_number": topic.read_number,
        "follow": topic.level,
        "change": topic.change,
        "created_at": moment(topic.created_at),
        "last_post_at": moment(topic.last_post_at),
    }


def theme_shape(theme: Branch) -> dict[str, Any]:
    """A theme of the tree; those below it follow it."""
    return {"id": theme.id, "name": theme.name, "parent": theme.parent_id, "retired": theme.is_retired}


def tag_shape(tag: Row) -> dict[str, Any]:
    """A tag and how many of the latest topics carry it."""
    return {"name": tag.name, "topics": tag.topics}


def post_shape(post: Row) -> dict[str, Any]:
    """A post as data; a hidden one has no words."""
    return {
        "id": post.id,
        "topic": post.topic_id,
        "number": post.number,
        "author": {"id": post.author_id, "name": post.author},
        "municipality": post.municipality_id,
        "language": post.language,
        "direction": post.direction,
        "hidden": post.state == "hidden",
        "deleted": post.state == "deleted",
        "accepted": post.is_accepted,
        "html": post.html,
        "reply_to": post.answered_number,
        "version": post.version,
        "change": post.change,
        "reactions": counts_of(post),
        "quotes": [{"post": one.id, "number": one.number, "author": one.name} for one in quoted_of(post)],
        "links": [{"kind": one.kind, "id": int(one.id), "title": one.title} for one in cards_of(post)],
        "answers": post.answers,
        "created_at": moment(post.created_at),
        "edited_at": moment(post.edited_at),
    }


def version_shape(version: Version) -> dict[str, Any]:
    """A text that a post has or had."""
    return {
        "version": version.number,
        "words": version.words,
        "language": version.language,
        "member": {"id": version.member_id, "name": version.name},
        "at": moment(version.at),
        "reason": version.reason,
    }


def counts_of(post: Row | Post) -> dict[str, int]:
    """{kind: how many} of a post's reactions; nothing of a hidden one."""
    parts = (part.split(":") for part in (post.reactions.split() if post.state == PostState.SHOWN else ()))
    return {kind: int(count) for kind, count in parts}


def bookmark_shape(row: Row) -> dict[str, Any]:
    """A post that the reader keeps."""
    return {
        "post": row.post_id,
        "number": row.number,
        "topic": {"id": row.topic_id, "title": row.title},
        "note": row.note,
        "created_at": moment(row.created_at),
    }


def contribution_shape(row: Row) -> dict[str, Any]:
    """A post in the list of what a member wrote."""
    return {
        "id": row.id,
        "number": row.number,
        "topic": {"id": row.topic_id, "title": row.title, "language": row.title_language},
        "language": row.language,
        "html": row.html,
        "created_at": moment(row.created_at),
    }


def reactions_shape(post: Row | Post, mine: Iterable[str]) -> dict[str, Any]:
    """How many of each kind, and which are the reader's own."""
    return {"post": post.id, "reactions": counts_of(post), "mine": sorted(mine)}


def reaction_shape(row: Row) -> dict[str, Any]:
    """Who said what."""
    return {"kind": row.kind, "member": {"id": row.member_id, "name": row.author}, "at": moment(row.reacted_at)}


def push_shape(post: Row, language: str) -> dict[str, Any]:
    """A post as the sockets carry it: where it belongs and its fragment."""
    return {
        "topic": post.topic_id,
        "number": post.number,
        "position": post.position,
        "change": post.change,
        "html": fragment(post, language=language),
    }
