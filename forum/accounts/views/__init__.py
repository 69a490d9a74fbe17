"""Pages of accounts as a whole: a member's data, an end to it, two of them made one."""

from forum.accounts.views import erasing, exporting, merging
from forum.accounts.views.blueprint import pages

__all__ = ["erasing", "exporting", "merging", "pages"]
