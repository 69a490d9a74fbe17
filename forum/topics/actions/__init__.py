"""Every write to topics and posts. Actions never commit: the face's transaction does."""

from forum.topics.actions.answering import accept_answer, keep_questions, withdraw_answer
from forum.topics.actions.attaching import draw_files
from forum.topics.actions.bookmarking import bookmark, remove_bookmark
from forum.topics.actions.counting import change_head, follow_country
from forum.topics.actions.editing import (
    close_topic,
    delete_post,
    edit_post,
    edit_topic,
    hide_post,
    move_topics,
    open_topic,
    restore_post,
    show_post,
)
from forum.topics.actions.interests import choose_interests
from forum.topics.actions.posting import Done, reply, start_topic
from forum.topics.actions.reacting import react, unreact
from forum.topics.actions.reading import mark_read
from forum.topics.actions.texts import preview
from forum.topics.actions.themes import add_theme, bring_theme_back, change_theme, retire_theme

__all__ = [
    "Done",
    "accept_answer",
    "add_theme",
    "bookmark",
    "bring_theme_back",
    "change_head",
    "change_theme",
    "choose_interests",
    "close_topic",
    "delete_post",
    "draw_files",
    "edit_post",
    "edit_topic",
    "follow_country",
    "hide_post",
    "keep_questions",
    "mark_read",
    "move_topics",
    "open_topic",
    "preview",
    "react",
    "remove_bookmark",
    "reply",
    "restore_post",
    "retire_theme",
    "show_post",
    "start_topic",
    "unreact",
    "withdraw_answer",
]
