"""JSON of members: their accounts, and the people themselves."""

from forum.members.api import account, people
from forum.members.api.blueprint import pages

__all__ = ["account", "pages", "people"]
