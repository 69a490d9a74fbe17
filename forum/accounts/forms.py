"""What a browser may send about an account as a whole."""

from wtforms import PasswordField, StringField

from forum.core.forms import Needed, Shape
from forum.core.languages import lazy_gettext


class OwnPasswordForm(Shape):
    """Who sits at an open page may be somebody else."""

    current = PasswordField(lazy_gettext("Your password"), [Needed()])


class ReasonForm(Shape):
    """A manager says why."""

    why = StringField(lazy_gettext("Reason"))
