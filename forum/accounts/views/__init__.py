"""Pages of accounts as a whole: a member's data, and an end to it."""

from forum.accounts.views import erasing, exporting
from forum.accounts.views.blueprint import pages

__all__ = ["erasing", "exporting", "pages"]
