"""Pages of spaces: the list and one space, keeping them, who belongs."""

from forum.spaces.views import keeping, membership, showing
from forum.spaces.views.blueprint import pages

__all__ = ["keeping", "membership", "pages", "showing"]
