"""Letters about accounts, in the recipient's language."""

from collections.abc import Sequence
from datetime import datetime

from forum.core import mail
from forum.core.languages import detect, format_moment, ngettext, speaking
from forum.core.languages import gettext as _
from forum.core.mail import Letter, Secret, Words, address_of, defanged, isolated
from forum.core.mail.models import TOKEN_HERE
from forum.members.models import Member
from forum.municipalities.queries import names_of


def greeting(name: str) -> str:
    """How a letter begins."""
    return _("Dear %(name)s,", name=isolated(defanged(name)))


def reset(address: str, *, name: str, language: str, member_id: int | None, secret: Secret) -> None:
    """The link to a new password; `member_id` None writes it for nobody."""
    with speaking(language):
        words = Words(
            _("A new password for Multaqa"),
            [
                greeting(name),
                _("You, or somebody who typed your address, asked for a new password."),
            ],
            (_("Choose a new password"), address_of("members.new_password", token=TOKEN_HERE)),
            after=[
                _("The link works once, within the next 60 minutes."),
                _("If it was not you, leave this letter unanswered: nothing changes."),
            ],
        )
        mail.queue("reset", address, words, member_id=member_id, secret=secret, void=member_id is None)


def welcome(member: Member, secret: Secret) -> None:
    """Somebody has become a member."""
    with speaking(member.language):
        words = Words(
            _("Welcome to Multaqa"),
            [
                greeting(member.display_name),
                _("You are now a member of the network. One step is left: choose your password."),
            ],
            (_("Choose your password"), address_of("members.new_password", token=TOKEN_HERE)),
            after=[
                _("Then sign in with this e-mail address and the password."),
                _("The link works once, within the next seven days."),
            ],
        )
        mail.queue("welcome", member.email, words, member_id=member.id, secret=secret)


def confirm_email(member: Member, address: str, *, secret: Secret, void: bool) -> None:
    """To the new address: is it yours?"""
    with speaking(member.language):
        words = Words(
            _("Please confirm your new e-mail address"),
            [
                greeting(member.display_name),
                _("You asked to sign in to Multaqa with this e-mail address from now on."),
            ],
            (_("Confirm this address"), address_of("members.email_link", token=TOKEN_HERE)),
            after=[
                _("The link works once, within the next 60 minutes."),
                _("If it was not you, leave this letter unanswered: nothing changes."),
            ],
        )
        mail.queue("email", address, words, member_id=member.id, secret=secret, void=void)


def email_changed(member: Member, old: str, *, secret: Secret) -> None:
    """To the old address, so that nobody else's change goes unseen."""
    with speaking(member.language):
        words = Words(
            _("Your e-mail address has been changed"),
            [
                greeting(member.display_name),
                _("You sign in to Multaqa with another e-mail address now, and letters go there."),
                _("If it was not you, take the change back: this address becomes yours again."),
            ],
            (_("Take the change back"), address_of("members.email_link", token=TOKEN_HERE)),
            after=[
                _("All devices are then signed out, and you choose a new password."),
                _("The link works once, within the next seven days."),
            ],
        )
        mail.queue("email_changed", old, words, member_id=member.id, secret=secret)


def password_changed(member: Member, *, stays_here: bool = False) -> None:
    """So that nobody else's change goes unseen."""
    with speaking(member.language):
        words = Words(
            _("Your password has been changed"),
            [
                greeting(member.display_name),
                _("Your password for Multaqa has been changed, and your other devices have been signed out.")
                if stays_here
                else _("Your password for Multaqa has been changed, and all your devices have been signed out."),
                _("If it was not you, ask for a new password at once and tell the network's managers."),
            ],
            (_("Ask for a new password"), address_of("members.ask_reset")),
        )
        mail.queue("password_changed", member.email, words, member_id=member.id)


def personal(to: Member, *, sender: Member, subject: str, words: str, language: str) -> Letter:
    """What one member writes to another; `language` is that of the words. Answered through the forum."""
    with speaking(to.language) as speech:
        name = isolated(defanged(sender.display_name))
        town = names_of(sender.municipality_id).get(speech.language, "") if sender.municipality_id else ""
        if town:
            place = isolated(defanged(town))
            first = _("%(name)s, %(municipality)s, writes to you through Multaqa:", name=name, municipality=place)
        else:
            first = _("%(name)s writes to you through Multaqa:", name=name)
        said = Words(
            _("%(name)s: %(subject)s", name=defanged(sender.display_name), subject=subject),
            [greeting(to.display_name), first],
            (_("Answer %(name)s", name=name), address_of("members.letter_form", member_id=sender.id)),
            quoted=words,
            quoted_language=language,
            after=[
                _("Your answer goes the same way: neither of you sees the other's e-mail address."),
                _("No more such letters? Your profile says whether you take them:")
                + " "
                + address_of("members.profile"),
            ],
        )
        return mail.queue(mail.PERSONAL, to.email, said, member_id=to.id, sender_id=sender.id)


def suspended(member: Member, *, why: str, until: datetime | None, ask: Sequence[tuple[str, str | None]]) -> None:
    """Somebody is shut out: why, until when, and whom to ask, as (name, address or None)."""
    with speaking(member.language, member.digits, member.zone):
        if until is None:
            first = _("Your account at Multaqa is suspended until further notice.")
        else:
            first = _("Your account at Multaqa is suspended until %(date)s.", date=format_moment(until))
        names = [isolated(defanged(name)) + (f" ({isolated(email)})" if email else "") for name, email in ask]
        words = Words(
            _("Your account is suspended"),
            [
                greeting(member.display_name),
                first,
                _("Until then you cannot sign in. What you wrote stays where it is."),
                _("The reason:"),
            ],
            quoted=why,
            quoted_language=detect(why, fallback=None) or "",
            after=[_("If you think that this is a mistake, ask those who look after the network:"), *names],
        )
        mail.queue("suspended", member.email, words, member_id=member.id)


def suspension_over(member: Member) -> None:
    """They may come in again."""
    with speaking(member.language):
        words = Words(
            _("Your account is open again"),
            [greeting(member.display_name), _("The suspension is over. You can sign in again with your password.")],
            (_("Sign in"), address_of("members.sign_in_page")),
        )
        mail.queue("suspension_over", member.email, words, member_id=member.id)


def second_step_changed(member: Member, what: str, name: str = "", *, why: str = "") -> None:
    """So that nobody else's change to the second step goes unseen; `name` is a passkey's, `why` an admin's reason."""
    with speaking(member.language):
        said = {
            "app added": _("An app for codes has been set up. Signing in now asks for a code after the password."),
            "app replaced": _("Another app shows your codes now; the one before opens nothing any more."),
            "app removed": _("The app for codes has been removed."),
            "passkey added": _("A passkey has been added: %(name)s.", name=isolated(defanged(name))),
            "passkey removed": _("A passkey has been removed: %(name)s.", name=isolated(defanged(name))),
            "recovery codes renewed": _("New recovery codes have been made; the old ones open nothing any more."),
            "off": _("The second step has been switched off. Signing in asks for the password alone."),
            "reset": _(
                "An administrator has removed the second step of your account, and all your devices have been signed "
                "out. Sign in with your password and set it up anew."
            ),
        }[what]
        words = Words(
            _("The second step of signing in has been changed"),
            [greeting(member.display_name), said],
            (_("Look at the second step"), address_of("members.second_step")),
            quoted=why,
            after=[_("If it was not you, change your password at once and tell the network's managers.")],
        )
        mail.queue("second_step", member.email, words, member_id=member.id)


def recovery_code_used(member: Member, *, left: int) -> None:
    """Somebody came in without phone or passkey."""
    with speaking(member.language):
        words = Words(
            _("A recovery code has been used"),
            [
                greeting(member.display_name),
                _("Somebody has signed in to Multaqa with your password and one of your recovery codes."),
                ngettext("%(num)s recovery code is left.", "%(num)s recovery codes are left.", left),
            ],
            (_("Look at the second step"), address_of("members.second_step")),
            after=[_("If it was not you, change your password at once and tell the network's managers.")],
        )
        mail.queue("recovery_code", member.email, words, member_id=member.id)


def codes_guessed(member: Member) -> None:
    """Somebody knows the password and tries codes."""
    with speaking(member.language):
        words = Words(
            _("Somebody tries to sign in as you"),
            [
                greeting(member.display_name),
                _("Somebody typed your right password, and then several wrong codes. They have not come in."),
                _("If it was not you, change your password: it is known to somebody else."),
            ],
            (_("Change the password"), address_of("members.password_page")),
        )
        mail.queue("codes_guessed", member.email, words, member_id=member.id)
