"""What a browser may send to the moderators' desk."""

from wtforms import TextAreaField

from forum.core.forms import Needed, Shape
from forum.core.languages import lazy_gettext


class ReasonForm(Shape):
    """Why not."""

    reason = TextAreaField(lazy_gettext("Reason"), [Needed()])
