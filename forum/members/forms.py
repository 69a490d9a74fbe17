"""What a browser may send about members."""

from wtforms import EmailField, HiddenField, PasswordField

from forum.core.forms import Needed, Shape
from forum.core.languages import lazy_gettext as _


class SignInForm(Shape):
    """Address and password; where to go afterwards."""

    email = EmailField(_("E-mail address"), [Needed()])
    password = PasswordField(_("Password"), [Needed()])
    next = HiddenField()
