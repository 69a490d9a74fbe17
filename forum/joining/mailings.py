"""Letters on the way in, in the recipient's language. A stranger may have typed any address and any name."""

from forum.core import mail
from forum.core.languages import gettext as _
from forum.core.languages import ngettext, speaking
from forum.core.mail import Secret, Words, address_of, defanged, isolated
from forum.core.mail.models import TOKEN_HERE
from forum.joining.models import Application, Invitation
from forum.members.mailings import greeting
from forum.members.models import Member


def confirm(application: Application, secret: Secret) -> None:
    """Is this address yours?"""
    with speaking(application.language):
        words = Words(
            _("Please confirm your application"),
            [
                greeting(application.display_name),
                _("You asked to join Multaqa. Please confirm that this e-mail address is yours."),
            ],
            (_("Confirm my application"), address_of("joining.confirm_page", token=TOKEN_HERE)),
            after=[
                _("The link works once, within the next 60 minutes."),
                _("After that the managers of the network read your application and answer by e-mail."),
                _("If you did not ask for this, leave this letter unanswered: nothing happens."),
            ],
        )
        mail.queue("application", application.email, words, secret=secret)


def known_already(application: Application, *, language: str, member_id: int, secret: Secret) -> None:
    """Somebody applied with a member's address. The page said nothing of it; the letter may."""
    with speaking(language):
        words = Words(
            _("You are a member already"),
            [
                _("Somebody, perhaps you, asked to join Multaqa with this e-mail address."),
                _("It belongs to a member already. If it was you, simply sign in."),
                _("If you have forgotten your password, ask for a new one on the same page."),
            ],
            (_("Sign in"), address_of("members.sign_in_page")),
        )
        mail.queue("application", application.email, words, member_id=member_id, secret=secret)


def declined(application: Application) -> None:
    """No, and why."""
    with speaking(application.language):
        words = Words(
            _("About your application to Multaqa"),
            [
                greeting(application.display_name),
                _("Thank you for your interest in the network. Its managers could not accept your application."),
                _("They write:"),
            ],
            quoted=application.answer,
            after=[_("You may apply again at any time. Open discussions can be read without an account.")],
        )
        mail.queue("declined", application.email, words)


def somebody_waits(manager: Member, number: int) -> None:
    """To a manager: applications wait."""
    with speaking(manager.language):
        words = Words(
            _("Somebody asks to join Multaqa"),
            [
                greeting(manager.display_name),
                ngettext(
                    "%(num)s application waits for an answer.", "%(num)s applications wait for an answer.", number
                ),
            ],
            (_("Read and answer"), address_of("joining.applications")),
            after=[_("This letter comes once a day at most.")],
        )
        mail.queue("applications_wait", manager.email, words, member_id=manager.id)


def invited(invitation: Invitation, *, by: str, secret: Secret) -> None:
    """To somebody who was asked to join."""
    with speaking(invitation.language):
        words = Words(
            _("You are invited to Multaqa"),
            [
                greeting(invitation.display_name) if invitation.display_name else _("Hello,"),
                _("%(name)s invites you to join Multaqa.", name=isolated(defanged(by))),
                _("Multaqa is where municipalities that host displaced people learn from one another."),
            ],
            (_("Accept the invitation"), address_of("joining.accept_page", token=TOKEN_HERE)),
            after=[
                _("You choose a password there, and are a member."),
                _("The link works once, within the next seven days."),
            ],
        )
        mail.queue("invitation", invitation.email, words, secret=secret)
