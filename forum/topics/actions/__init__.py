"""Every write to topics and posts. Actions never commit: the face's transaction does."""

from forum.topics.actions.editing import (
    close_topic,
    edit_post,
    edit_topic,
    hide_post,
    move_topics,
    open_topic,
    show_post,
)
from forum.topics.actions.posting import Done, reply, start_topic
from forum.topics.actions.reacting import react, unreact
from forum.topics.actions.reading import mark_read

__all__ = [
    "Done",
    "close_topic",
    "edit_post",
    "edit_topic",
    "hide_post",
    "mark_read",
    "move_topics",
    "open_topic",
    "react",
    "reply",
    "show_post",
    "start_topic",
    "unreact",
]
