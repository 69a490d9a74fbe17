"""Pages of workshops."""

from forum.workshops.views import announcement, calendar, dates, keeping, programme, showing
from forum.workshops.views.blueprint import pages

__all__ = ["announcement", "calendar", "dates", "keeping", "pages", "programme", "showing"]
