"""JSON of workshops."""

from forum.workshops.api import address, changing, keeping, materials, reading
from forum.workshops.api.blueprint import pages

__all__ = ["address", "changing", "keeping", "materials", "pages", "reading"]
