"""What a browser may send about an account as a whole."""

from wtforms import PasswordField

from forum.core.forms import Needed, Shape
from forum.core.languages import lazy_gettext


class OwnPasswordForm(Shape):
    """Who sits at an open page may be somebody else."""

    current = PasswordField(lazy_gettext("Your password"), [Needed()])
