"""Sockets: one room per topic and interface language, entered through the visibility door."""

from collections.abc import Collection
from typing import Any

from forum.core.errors import NotFound
from forum.core.languages import LANGUAGES
from forum.core.live import Connection, Live, current_live, language_in, whole_in
from forum.core.reader import Reader
from forum.spaces.models import SpaceKind
from forum.spaces.queries import who_may_read
from forum.topics import queries
from forum.topics.events import PostAdded, PostAnswered, PostEdited, PostHidden, PostReacted, PostShown, TopicChanged
from forum.topics.shapes.posts import push_shape


def answer(live: Live) -> None:
    """Take part in the sockets."""
    live.on("topic:join", join)
    live.on("topic:leave", leave)
    live.check("topic", who_may_stay)


def join(reader: Reader, connection: Connection, payload: dict[str, Any]) -> dict[str, Any]:
    """Watch a topic. With `since`, the answer brings what changed after it, or says that a reload is better."""
    topic_id = whole_in(payload, "topic", least=1)
    since = whole_in(payload, "since") if payload.get("since") is not None else None
    language = language_in(payload, connection)
    live = current_live()
    topic = queries.find_topic(topic_id, reader=reader)
    if topic is None:
        for one in LANGUAGES:
            live.leave(connection, _room(topic_id, one))
        raise NotFound
    # First the room, then the gap: what happens in between comes twice rather than not at all.
    live.join(connection, _room(topic_id, language), kind="topic", id=topic_id)
    if since is None:
        return {"ok": True, "change": topic.change, "posts": []}
    topic = queries.get_topic(topic_id, reader=reader)
    posts = queries.changed_posts(topic, since=since, language=language)
    if posts is None:
        return {"ok": True, "reload": True, "change": topic.change}
    return {"ok": True, "change": topic.change, "posts": [push_shape(post, language) for post in posts]}


def leave(_reader: Reader, connection: Connection, payload: dict[str, Any]) -> dict[str, Any]:
    """Watch it no more."""
    topic_id = whole_in(payload, "topic", least=1)
    for language in LANGUAGES:
        current_live().leave(connection, _room(topic_id, language))
    return {"ok": True}


def who_may_stay(topic_id: int, member_ids: Collection[int]) -> tuple[bool, Collection[int]]:
    """(guests too?, the members among these who may read the topic)."""
    space = queries.find_space_of(topic_id)
    if space is None:
        return False, ()
    return space.kind == SpaceKind.PUBLIC, set(who_may_read(space.id, member_ids))


def announce_post(happened: PostAdded) -> None:
    """At once: a new post, to everybody who watches."""
    _announce("post:added", happened.post_id)


def announce_change(happened: PostAnswered | PostEdited | PostReacted | PostHidden | PostShown) -> None:
    """At once: a post is another one."""
    _announce("post:changed", happened.post_id)


def announce_topic(happened: TopicChanged) -> None:
    """At once: the head of a topic is another one; pages load themselves again."""
    live, room = current_live(), f"topic:{happened.topic_id}"
    for language in live.watched_languages(room):
        live.send(f"{room}:{language}", "topic:changed", {"topic": happened.topic_id})


def _announce(event: str, post_id: int) -> None:
    live = current_live()
    room = f"topic:{queries.topic_id_of(post_id)}"
    for language in live.watched_languages(room):
        post = queries.get_post_row(post_id, language)
        live.send(f"{room}:{language}", event, push_shape(post, language))


def _room(topic_id: int, language: str) -> str:
    return f"topic:{topic_id}:{language}"
