"""What a browser may send about the second step of signing in."""

from wtforms import BooleanField, HiddenField, PasswordField, StringField

from forum.core.errors import Invalid
from forum.core.forms import Needed, Shape
from forum.core.languages import gettext as _
from forum.core.languages import lazy_gettext
from forum.members.actions.stepping import Shown
from forum.members.forms import SignInForm


class ApiSignInForm(SignInForm):
    """All of it in one body."""

    code = StringField(lazy_gettext("Code from the app"))
    recovery_code = StringField(lazy_gettext("Recovery code"))

    def shown(self) -> Shown | None:
        """The second step that came along."""
        return Shown((self.code.data or "").strip(), (self.recovery_code.data or "").strip()) or None


class StepForm(Shape):
    """The second step of signing in: one of the three."""

    code = StringField(lazy_gettext("Code from the app"))
    recovery_code = StringField(lazy_gettext("Recovery code"))
    passkey = HiddenField()

    def shown(self) -> Shown:
        """What was sent; raises Invalid for nothing."""
        found = Shown((self.code.data or "").strip(), (self.recovery_code.data or "").strip(), self.passkey.data or "")
        if not found:
            raise Invalid(fields={"code": _("Please fill this in.")})
        return found


class PasskeySignInForm(Shape):
    """A passkey's answer in place of the password."""

    passkey = HiddenField()
    stay = BooleanField()
    next = HiddenField()


class ConfirmForm(Shape):
    """Who sits here: the password, or a second step."""

    of_pages = ("passkey",)
    current = PasswordField(lazy_gettext("Your password"))
    code = StringField(lazy_gettext("Code from the app"))
    passkey = HiddenField()

    def shown(self) -> Shown | None:
        """The second step that was sent; None for a password; raises Invalid for nothing."""
        found = Shown((self.code.data or "").strip(), passkey=self.passkey.data or "")
        if not found and not self.current.data:
            raise Invalid(fields={"current": _("Please fill this in.")})
        return found or None


class AppForm(Shape):
    """The first code of an app."""

    code = StringField(lazy_gettext("Code from the app"), [Needed()])


class PasskeyForm(Shape):
    """A passkey, and how its owner calls it."""

    of_pages = ("passkey",)
    name = StringField(lazy_gettext("Name of the passkey"), [Needed()])
    passkey = HiddenField()


class ResetStepForm(Shape):
    """Why an admin takes somebody's second step off."""

    why = StringField(lazy_gettext("Reason"), [Needed()])
