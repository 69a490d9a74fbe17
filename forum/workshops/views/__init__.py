"""Pages of workshops."""

from forum.workshops.views import calendar, dates, keeping, programme, showing
from forum.workshops.views.blueprint import pages

__all__ = ["calendar", "dates", "keeping", "pages", "programme", "showing"]
