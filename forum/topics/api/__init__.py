"""JSON of topics and posts."""

from forum.topics.api import marks, mentions, posts, topics
from forum.topics.api.blueprint import pages

__all__ = ["marks", "mentions", "pages", "posts", "topics"]
