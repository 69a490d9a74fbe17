"""Pages on the way in: applying, the managers' desk, invitations."""

from forum.joining.views import applying, desk, inviting
from forum.joining.views.blueprint import pages

__all__ = ["applying", "desk", "inviting", "pages"]
