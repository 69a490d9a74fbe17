"""Pages of requests."""

from forum.agenda.views import asking, deciding, showing
from forum.agenda.views.blueprint import pages

__all__ = ["asking", "deciding", "pages", "showing"]
