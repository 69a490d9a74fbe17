"""Pages of closings."""

from forum.closing.views import editions, preparing, recording
from forum.closing.views.blueprint import pages

__all__ = ["editions", "pages", "preparing", "recording"]
