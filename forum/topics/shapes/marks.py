"""What people do to a post without words, as JSON."""

from collections.abc import Iterable
from typing import Literal, TypedDict

from sqlalchemy import Row

from forum.core.api import Instant, NamedShape, moment
from forum.topics.models import Post, ReactionKind
from forum.topics.shapes.posts import counts_of


class TitledShape(TypedDict):
    """A topic and its title."""

    id: int
    title: str


class BookmarkShape(TypedDict):
    """A post that the reader keeps, its number and its topic, and the reader's own note."""

    post: int
    number: int
    topic: TitledShape
    note: str
    created_at: Instant


class KeptShape(TypedDict):
    """The id of a post that is kept now, and the note."""

    post: int
    note: str


def bookmark_shape(row: Row) -> BookmarkShape:
    """A row of `bookmarks_of`."""
    return {
        "post": row.post_id,
        "number": row.number,
        "topic": {"id": row.topic_id, "title": row.title},
        "note": row.note,
        "created_at": moment(row.created_at),
    }


class ReactionsShape(TypedDict):
    """How many reactions of each kind a post has, and which are the reader's own."""

    post: int
    reactions: dict[str, int]
    mine: list[ReactionKind]


class ReactionShape(TypedDict):
    """Who said what, and when."""

    kind: ReactionKind
    member: NamedShape
    at: Instant


class ReadShape(TypedDict):
    """How far the reader has read a topic, and how many notices still wait for them."""

    number: int
    unread: int


class MentionableShape(TypedDict):
    """Somebody who can be spoken to; `name` is what stands behind the @."""

    kind: Literal["member", "municipality", "moderators"]
    id: int
    name: str
    about: str


def reactions_shape(post: Row | Post, mine: Iterable[str]) -> ReactionsShape:
    """With the reader's own."""
    return {"post": post.id, "reactions": counts_of(post), "mine": sorted(mine)}


def reaction_shape(row: Row) -> ReactionShape:
    """A row of `reactions_to`."""
    return {"kind": row.kind, "member": {"id": row.member_id, "name": row.author}, "at": moment(row.reacted_at)}
