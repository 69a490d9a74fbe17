"""Pages of closings."""

from forum.closing.views import editions, preparing
from forum.closing.views.blueprint import pages

__all__ = ["editions", "pages", "preparing"]
