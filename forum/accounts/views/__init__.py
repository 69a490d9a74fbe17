"""Pages of accounts as a whole: a member's data."""

from forum.accounts.views import exporting
from forum.accounts.views.blueprint import pages

__all__ = ["exporting", "pages"]
