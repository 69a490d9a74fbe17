"""Pages of spaces: the list and one space, keeping them, who belongs, topics that live in no workshop."""

from forum.spaces.views import keeping, membership, showing, topics
from forum.spaces.views.blueprint import pages

__all__ = ["keeping", "membership", "pages", "showing", "topics"]
