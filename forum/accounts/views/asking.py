"""Asking a signed-in member for the password again."""

from flask import request

from forum.accounts.forms import OwnPasswordForm
from forum.core.db import transaction
from forum.core.errors import Invalid
from forum.core.languages import gettext as _
from forum.members import actions, passwords
from forum.members.models import Member


def check_password(form: OwnPasswordForm, member: Member) -> None:
    """Raise Invalid for a wrong one, TooMany for guessing."""
    form.check()
    address = request.remote_addr or ""
    actions.check_guessing(member.email, address)
    if not passwords.is_right_password(form.current.data, member.password_hash):
        with transaction():
            actions.note_wrong_password(member.email, address)
        raise Invalid(fields={"current": _("This is not your password.")})
