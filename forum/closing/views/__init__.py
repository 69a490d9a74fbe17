"""Pages of closings."""

from forum.closing.views import preparing
from forum.closing.views.blueprint import pages

__all__ = ["pages", "preparing"]
