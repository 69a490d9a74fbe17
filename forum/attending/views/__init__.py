"""Pages of attending."""

from forum.attending.views import asking, attendance, deciding, live, reading
from forum.attending.views.blueprint import pages

__all__ = ["asking", "attendance", "deciding", "live", "pages", "reading"]
