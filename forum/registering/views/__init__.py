"""Pages of registrations."""

from forum.registering.views import answering, desk, guests, joining
from forum.registering.views.blueprint import pages

__all__ = ["answering", "desk", "guests", "joining", "pages"]
