"""JSON of members: signing in and its second step, their accounts, and the people themselves."""

from forum.members.api import account, people, stepping
from forum.members.api.blueprint import pages

__all__ = ["account", "pages", "people", "stepping"]
