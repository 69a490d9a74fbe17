"""Letters on the way in, in the recipient's language. A stranger may have typed any address and any name."""

from forum.core.languages import gettext as _
from forum.core.languages import ngettext
from forum.core.mail import Addressee, Secret, Words, address_of, called, write
from forum.core.mail.models import TOKEN_HERE
from forum.joining.models import Application, Invitation
from forum.members.mailings import to
from forum.members.models import Member


def _applicant(one: Application | Invitation) -> Addressee:
    return Addressee(one.email, one.display_name, one.language)


def confirm(application: Application, secret: Secret) -> None:
    """Is this address yours?"""

    def say(site: str) -> Words:
        return Words(
            _("Please confirm your application"),
            [_("You asked to join %(site)s. Please confirm that this e-mail address is yours.", site=site)],
            (_("Confirm my application"), address_of("joining.confirm_page", token=TOKEN_HERE)),
            after=[
                _("The link works once, within the next 60 minutes."),
                _("After that the managers of the network read your application and answer by e-mail."),
                _("If you did not ask for this, leave this letter unanswered: nothing happens."),
            ],
        )

    write("application", _applicant(application), say, secret=secret)


def known_already(application: Application, *, language: str, member_id: int, secret: Secret) -> None:
    """Somebody applied with a member's address. The page said nothing of it; the letter may."""

    def say(site: str) -> Words:
        return Words(
            _("You are a member already"),
            [
                _("Somebody, perhaps you, asked to join %(site)s with this e-mail address.", site=site),
                _("It belongs to a member already. If it was you, simply sign in."),
                _("If you have forgotten your password, ask for a new one on the same page."),
            ],
            (_("Sign in"), address_of("members.sign_in_page")),
        )

    write("application", Addressee(application.email, None, language, member_id), say, secret=secret)


def declined(application: Application) -> None:
    """No, and why."""

    def say(site: str) -> Words:
        return Words(
            _("About your application to %(site)s", site=site),
            [
                _("Thank you for your interest in the network. Its managers could not accept your application."),
                _("They write:"),
            ],
            quoted=application.answer,
            after=[_("You may apply again at any time. Open discussions can be read without an account.")],
        )

    write("declined", _applicant(application), say)


def somebody_waits(manager: Member, number: int) -> None:
    """To a manager: applications wait."""

    def say(site: str) -> Words:
        waiting = ngettext(
            "%(num)s application waits for an answer.", "%(num)s applications wait for an answer.", number
        )
        return Words(
            _("Somebody asks to join %(site)s", site=site),
            [waiting],
            (_("Read and answer"), address_of("joining.applications")),
            after=[_("This letter comes once a day at most.")],
        )

    write("applications_wait", to(manager), say)


def invited(invitation: Invitation, *, by: str, secret: Secret) -> None:
    """To somebody who was asked to join."""

    def say(site: str) -> Words:
        return Words(
            _("You are invited to %(site)s", site=site),
            [
                _("%(name)s invites you to join %(site)s.", name=called(by), site=site),
                _("%(site)s is where municipalities that host displaced people learn from one another.", site=site),
            ],
            (_("Accept the invitation"), address_of("joining.accept_page", token=TOKEN_HERE)),
            after=[
                _("You choose a password there, and are a member."),
                _("The link works once, within the next seven days."),
            ],
        )

    write("invitation", _applicant(invitation), say, secret=secret)
