"""Posts as JSON, for API and sockets alike."""

from typing import Any, Literal, NotRequired, TypedDict

from sqlalchemy import Row

from forum.core.api import Instant, RefusalShape, moment
from forum.members.queries.names import name_or_former
from forum.topics.fragments import fragment
from forum.topics.models import Post, PostState
from forum.topics.queries import Version, cards_of, quoted_of


class PersonShape(TypedDict):
    """Who wrote. Who has left has no id, and "Former member of …" for a name."""

    id: int | None
    name: str


class QuotedShape(TypedDict):
    """A post that another one quotes, its number and its author's name."""

    post: int
    number: int
    author: str


class LinkShape(TypedDict):
    """Something of this site that a post links to; `kind` is the noun of its address."""

    kind: str
    id: int
    title: str


class PostShape(TypedDict):
    """A post. A hidden or deleted one has no words. `municipality` is the author's at the time, `then` says that they
    have another one now; `reply_to` is the number of the post that it answers, `answers` how many answer it;
    `reactions` are {kind: how many}."""

    id: int
    topic: int
    number: int
    author: PersonShape
    municipality: int | None
    then: bool
    language: str
    direction: Literal["ltr", "rtl"]
    hidden: bool
    deleted: bool
    accepted: bool
    html: str
    reply_to: int | None
    version: int
    change: int
    reactions: dict[str, int]
    quotes: list[QuotedShape]
    links: list[LinkShape]
    answers: int
    created_at: Instant
    edited_at: Instant | None


class WrittenPostShape(PostShape):
    """A post alone, with its `words` as they were written: Markdown."""

    words: str


class PostsShape(TypedDict):
    """Posts of a topic, whose `change` comes along; `reload` says that too much has changed to tell one by one."""

    items: list[PostShape]
    next: str | None
    change: int
    reload: NotRequired[Literal[True]]


def person_shape(member_id: int, name: str, municipality: str | None = None) -> PersonShape:
    """There is no page of somebody who has left."""
    return {"id": member_id if name else None, "name": name_or_former(name, municipality)}


def post_shape(post: Row) -> PostShape:
    """A post as data; a hidden one has no words and nothing that stood in them."""
    is_shown = post.state == PostState.SHOWN
    quoted, cards = (quoted_of(post), cards_of(post)) if is_shown else ((), ())
    return {
        "id": post.id,
        "topic": post.topic_id,
        "number": post.number,
        "author": person_shape(post.author_id, post.author, post.municipality),
        "municipality": post.municipality_id,
        "then": bool(post.is_then),
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
        "quotes": [{"post": one.id, "number": one.number, "author": name_or_former(one.name)} for one in quoted],
        "links": [{"kind": one.kind, "id": int(one.id), "title": one.title} for one in cards],
        "answers": post.answers,
        "created_at": moment(post.created_at),
        "edited_at": moment(post.edited_at),
    }


class VersionShape(TypedDict):
    """A text that a post has or had: who wrote it, when, and why it was changed."""

    version: int
    words: str
    language: str
    member: PersonShape
    at: Instant
    reason: str


class EditRefusalShape(RefusalShape):
    """Somebody was faster: the words that are there now and their version, and those that were sent."""

    theirs: str
    yours: str
    version: int


class EditErrorShape(TypedDict):
    """A refusal that brings both texts."""

    error: EditRefusalShape


class MarkdownShape(TypedDict):
    """Words as they are written: Markdown."""

    words: str


class PreviewShape(TypedDict):
    """Words as they will look."""

    html: str
    direction: Literal["ltr", "rtl"]


class ContributedToShape(TypedDict):
    """A topic; `language` is the title's."""

    id: int
    title: str
    language: str


class ContributionShape(TypedDict):
    """A post in the list of what a member wrote."""

    id: int
    number: int
    topic: ContributedToShape
    language: str
    html: str
    created_at: Instant


def contribution_shape(row: Row) -> ContributionShape:
    """A row of `posts_by`."""
    return {
        "id": row.id,
        "number": row.number,
        "topic": {"id": row.topic_id, "title": row.title, "language": row.title_language},
        "language": row.language,
        "html": row.html,
        "created_at": moment(row.created_at),
    }


def version_shape(version: Version) -> VersionShape:
    """One of `history_of`."""
    return {
        "version": version.number,
        "words": version.words,
        "language": version.language,
        "member": person_shape(version.member_id, version.name),
        "at": moment(version.at),
        "reason": version.reason,
    }


def counts_of(post: Row | Post) -> dict[str, int]:
    """{kind: how many} of a post's reactions; nothing of a hidden one."""
    parts = (part.split(":") for part in (post.reactions.split() if post.state == PostState.SHOWN else ()))
    return {kind: int(count) for kind, count in parts}


def push_shape(post: Row, language: str) -> dict[str, Any]:
    """A post as the sockets carry it: where it belongs and its fragment."""
    return {
        "topic": post.topic_id,
        "number": post.number,
        "position": post.position,
        "change": post.change,
        "html": fragment(post, language=language),
    }
