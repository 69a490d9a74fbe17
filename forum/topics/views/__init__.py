"""Pages of topics and posts."""

from forum.topics.views import lists, post, reacting, reading, replying, topic
from forum.topics.views.blueprint import pages

__all__ = ["lists", "pages", "post", "reacting", "reading", "replying", "topic"]
