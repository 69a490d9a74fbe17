"""Pages of topics and posts."""

from forum.topics.views import (
    answering,
    bookmarks,
    contributions,
    history,
    lists,
    post,
    printing,
    reacting,
    reading,
    related,
    replying,
    starting,
    themes,
    topic,
)
from forum.topics.views.blueprint import pages

__all__ = [
    "answering",
    "bookmarks",
    "contributions",
    "history",
    "lists",
    "pages",
    "post",
    "printing",
    "reacting",
    "reading",
    "related",
    "replying",
    "starting",
    "themes",
    "topic",
]
