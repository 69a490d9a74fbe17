"""Topics and posts as JSON, for API and sockets alike."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row

from forum.core.api import moment
from forum.topics.fragments import fragment
from forum.topics.models import Post, PostState
from forum.topics.queries import TopicSeen


def topic_shape(topic: Row | TopicSeen) -> dict[str, Any]:
    """A topic of a list, or alone."""
    return {
        "id": topic.id,
        "title": topic.title,
        "language": topic.language,
        "slug": topic.slug,
        "space": topic.space_id,
        "public": topic.space_kind == "public",
        "closed": topic.state == "closed",
        "posts": topic.post_count,
        "last_number": topic.last_number,
        "read_number": topic.read_number,
        "follow": topic.level,
        "change": topic.change,
        "created_at": moment(topic.created_at),
        "last_post_at": moment(topic.last_post_at),
    }


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
        "html": post.html,
        "reply_to": post.answered_number,
        "version": post.version,
        "change": post.change,
        "reactions": counts_of(post),
        "created_at": moment(post.created_at),
        "edited_at": moment(post.edited_at),
    }


def counts_of(post: Row | Post) -> dict[str, int]:
    """{kind: how many} of a post's reactions; nothing of a hidden one."""
    parts = (part.split(":") for part in (post.reactions.split() if post.state == PostState.SHOWN else ()))
    return {kind: int(count) for kind, count in parts}


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
