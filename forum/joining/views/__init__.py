"""Pages on the way in: applying, the managers' desk, towns to look at, invitations."""

from forum.joining.views import applying, desk, importing, inviting, towns
from forum.joining.views.blueprint import pages

__all__ = ["applying", "desk", "importing", "inviting", "pages", "towns"]
