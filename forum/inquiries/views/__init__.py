"""Pages of surveys."""

from forum.inquiries.views import answering, keeping, naming, resulting, showing
from forum.inquiries.views.blueprint import pages

__all__ = ["answering", "keeping", "naming", "pages", "resulting", "showing"]
