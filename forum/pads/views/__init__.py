"""Pages of pads."""

from forum.pads.views import history, pens, showing
from forum.pads.views.blueprint import pages

__all__ = ["history", "pages", "pens", "showing"]
