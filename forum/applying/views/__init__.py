"""Pages of calls and applications."""

from forum.applying.views import calling, desk, presenting, reviewing
from forum.applying.views.blueprint import pages

__all__ = ["calling", "desk", "pages", "presenting", "reviewing"]
