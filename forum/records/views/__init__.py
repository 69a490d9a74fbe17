"""Pages of records."""

from forum.records.views import correcting, keeping, showing
from forum.records.views.blueprint import pages

__all__ = ["correcting", "keeping", "pages", "showing"]
