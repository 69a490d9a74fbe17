"""Pages of workshops."""

from forum.workshops.views import calendar, dates, showing, topics
from forum.workshops.views.blueprint import pages

__all__ = ["calendar", "dates", "pages", "showing", "topics"]
