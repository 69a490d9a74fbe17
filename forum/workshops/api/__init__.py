"""JSON of workshops."""

from forum.workshops.api import address, keeping, materials, reading
from forum.workshops.api.blueprint import pages

__all__ = ["address", "keeping", "materials", "pages", "reading"]
