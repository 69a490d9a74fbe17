"""Pages of municipalities: the directory, one of them, keeping them."""

from forum.municipalities.views import keeping, showing
from forum.municipalities.views.blueprint import pages

__all__ = ["keeping", "pages", "showing"]
