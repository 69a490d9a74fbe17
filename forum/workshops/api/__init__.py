"""JSON of workshops."""

from forum.workshops.api import keeping, reading
from forum.workshops.api.blueprint import pages

__all__ = ["keeping", "pages", "reading"]
