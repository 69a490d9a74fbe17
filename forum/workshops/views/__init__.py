"""Pages of workshops."""

from forum.workshops.views import address, announcement, calendar, dates, keeping, materials, programme, showing
from forum.workshops.views.blueprint import pages

__all__ = ["address", "announcement", "calendar", "dates", "keeping", "materials", "pages", "programme", "showing"]
