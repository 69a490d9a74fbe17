"""JSON of topics and posts."""

from forum.topics.api import contributions, keeping, marks, mentions, posts, starting, topics
from forum.topics.api.blueprint import pages

__all__ = ["contributions", "keeping", "marks", "mentions", "pages", "posts", "starting", "topics"]
