"""Held posts as JSON, for moderators and for who wrote them."""

from typing import TypedDict

from sqlalchemy import Row

from forum.core.api import Instant, NamedShape, moment
from forum.holding.models import HeldState


class HeldShape(TypedDict):
    """What a new member wrote. A reply has `topic`, a topic its `title`; `post` is what it became, `reason` why it was
    declined."""

    id: int
    state: HeldState
    author: NamedShape
    space: int
    topic: int | None
    title: str
    html: str
    language: str
    created_at: Instant
    decided_at: Instant | None
    reason: str
    post: int | None


class PublishedShape(TypedDict):
    """The id of the post that it became."""

    post: int


def held_shape(row: Row) -> HeldShape:
    """A row of `waiting` or `own`."""
    return {
        "id": row.id,
        "state": row.state,
        "author": {"id": row.author_id, "name": row.author},
        "space": row.space_id,
        "topic": row.topic_id,
        "title": row.title,
        "html": row.html,
        "language": row.language,
        "created_at": moment(row.created_at),
        "decided_at": moment(row.decided_at),
        "reason": row.reason,
        "post": row.post_id,
    }
