"""Pages of registrations."""

from forum.registering.views import answering, desk, guests
from forum.registering.views.blueprint import pages

__all__ = ["answering", "desk", "guests", "pages"]
