"""Letters about accounts, in the recipient's language."""

from collections.abc import Sequence
from datetime import datetime

from forum.core import mail
from forum.core.languages import current_speech, detect, format_moment, ngettext
from forum.core.languages import gettext as _
from forum.core.mail import Addressee, Letter, Secret, Words, address_of, called, defanged, isolated, write
from forum.core.mail.models import TOKEN_HERE
from forum.members.models import Member
from forum.municipalities.queries import name_of


def to(member: Member, address: str | None = None) -> Addressee:
    """The member, at their own address or another one."""
    return Addressee(
        address or member.email, member.display_name, member.language, member.id, member.digits, member.zone
    )


def reset(known: Addressee, *, secret: Secret) -> None:
    """The link to a new password; to somebody who is no member it is written for nobody."""

    def say(site: str) -> Words:
        return Words(
            _("A new password for %(site)s", site=site),
            [_("You, or somebody who typed your address, asked for a new password.")],
            (_("Choose a new password"), address_of("members.new_password", token=TOKEN_HERE)),
            after=[
                _("The link works once, within the next 60 minutes."),
                _("If it was not you, leave this letter unanswered: nothing changes."),
            ],
        )

    write("reset", known, say, secret=secret, void=known.member_id is None)


def welcome(member: Member, secret: Secret) -> None:
    """Somebody has become a member."""

    def say(site: str) -> Words:
        return Words(
            _("Welcome to %(site)s", site=site),
            [_("You are now a member of the network. One step is left: choose your password.")],
            (_("Choose your password"), address_of("members.new_password", token=TOKEN_HERE)),
            after=[
                _("Then sign in with this e-mail address and the password."),
                _("The link works once, within the next seven days."),
            ],
        )

    write("welcome", to(member), say, secret=secret)


def confirm_email(member: Member, address: str, *, secret: Secret, void: bool) -> None:
    """To the new address: is it yours?"""

    def say(site: str) -> Words:
        return Words(
            _("Please confirm your new e-mail address"),
            [_("You asked to sign in to %(site)s with this e-mail address from now on.", site=site)],
            (_("Confirm this address"), address_of("members.email_link", token=TOKEN_HERE)),
            after=[
                _("The link works once, within the next 60 minutes."),
                _("If it was not you, leave this letter unanswered: nothing changes."),
            ],
        )

    write("email", to(member, address), say, secret=secret, void=void)


def email_changed(member: Member, old: str, *, secret: Secret) -> None:
    """To the old address, so that nobody else's change goes unseen."""

    def say(site: str) -> Words:
        return Words(
            _("Your e-mail address has been changed"),
            [
                _("You sign in to %(site)s with another e-mail address now, and letters go there.", site=site),
                _("If it was not you, take the change back: this address becomes yours again."),
            ],
            (_("Take the change back"), address_of("members.email_link", token=TOKEN_HERE)),
            after=[
                _("All devices are then signed out, and you choose a new password."),
                _("The link works once, within the next 60 minutes."),
                _("After that, for seven days, it leads to a page that sends you a new one."),
            ],
        )

    write("email_changed", to(member, old), say, secret=secret)


def password_changed(member: Member, *, stays_here: bool = False) -> None:
    """So that nobody else's change goes unseen."""

    def say(site: str) -> Words:
        if stays_here:
            said = _(
                "Your password for %(site)s has been changed, and your other devices have been signed out.", site=site
            )
        else:
            said = _(
                "Your password for %(site)s has been changed, and all your devices have been signed out.", site=site
            )
        return Words(
            _("Your password has been changed"),
            [said, _("If it was not you, ask for a new password at once and tell the network's managers.")],
            (_("Ask for a new password"), address_of("members.ask_reset")),
        )

    write("password_changed", to(member), say)


def personal(recipient: Member, *, sender: Member, subject: str, words: str, language: str) -> Letter:
    """What one member writes to another; `language` is that of the words. Answered through the forum."""

    def say(site: str) -> Words:
        name, town = called(sender.display_name), name_of(sender.municipality_id, current_speech().language)
        if town:
            place = called(town)
            first = _(
                "%(name)s, %(municipality)s, writes to you through %(site)s:", name=name, municipality=place, site=site
            )
        else:
            first = _("%(name)s writes to you through %(site)s:", name=name, site=site)
        return Words(
            _("%(name)s: %(subject)s", name=defanged(sender.display_name), subject=subject),
            [first],
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

    return write(mail.PERSONAL, to(recipient), say, sender_id=sender.id)


def suspended(member: Member, *, why: str, until: datetime | None, ask: Sequence[tuple[str, str | None]]) -> None:
    """Somebody is shut out: why, until when, and whom to ask, as (name, address or None)."""

    def say(site: str) -> Words:
        if until is None:
            first = _("Your account at %(site)s is suspended until further notice.", site=site)
        else:
            first = _("Your account at %(site)s is suspended until %(date)s.", site=site, date=format_moment(until))
        names = [called(name) + (f" ({isolated(email)})" if email else "") for name, email in ask]
        return Words(
            _("Your account is suspended"),
            [first, _("Until then you cannot sign in. What you wrote stays where it is."), _("The reason:")],
            quoted=why,
            quoted_language=detect(why, fallback=None) or "",
            after=[_("If you think that this is a mistake, ask those who look after the network:"), *names],
        )

    write("suspended", to(member), say)


def suspension_over(member: Member) -> None:
    """They may come in again."""

    def say(_site: str) -> Words:
        return Words(
            _("Your account is open again"),
            [_("The suspension is over. You can sign in again with your password.")],
            (_("Sign in"), address_of("members.sign_in_page")),
        )

    write("suspension_over", to(member), say)


def second_step_changed(member: Member, what: str, name: str = "", *, why: str = "") -> None:
    """So that nobody else's change to the second step goes unseen; `name` is a passkey's, `why` an admin's reason."""

    def say(_site: str) -> Words:
        said = {
            "app added": _("An app for codes has been set up. Signing in now asks for a code after the password."),
            "app replaced": _("Another app shows your codes now; the one before opens nothing any more."),
            "app removed": _("The app for codes has been removed."),
            "passkey added": _("A passkey has been added: %(name)s.", name=called(name)),
            "passkey removed": _("A passkey has been removed: %(name)s.", name=called(name)),
            "recovery codes renewed": _("New recovery codes have been made; the old ones open nothing any more."),
            "off": _("The second step has been switched off. Signing in asks for the password alone."),
            "reset": _(
                "An administrator has removed the second step of your account, and all your devices have been signed "
                "out. Sign in with your password and set it up anew."
            ),
        }[what]
        return Words(
            _("The second step of signing in has been changed"),
            [said],
            (_("Look at the second step"), address_of("members.second_step")),
            quoted=why,
            after=[_("If it was not you, change your password at once and tell the network's managers.")],
        )

    write("second_step", to(member), say)


def recovery_code_used(member: Member, *, left: int) -> None:
    """Somebody came in without phone or passkey."""

    def say(site: str) -> Words:
        return Words(
            _("A recovery code has been used"),
            [
                _("Somebody has signed in to %(site)s with your password and one of your recovery codes.", site=site),
                ngettext("%(num)s recovery code is left.", "%(num)s recovery codes are left.", left),
            ],
            (_("Look at the second step"), address_of("members.second_step")),
            after=[_("If it was not you, change your password at once and tell the network's managers.")],
        )

    write("recovery_code", to(member), say)


def codes_guessed(member: Member) -> None:
    """Somebody knows the password and tries codes."""

    def say(_site: str) -> Words:
        return Words(
            _("Somebody tries to sign in as you"),
            [
                _("Somebody typed your right password, and then several wrong codes. They have not come in."),
                _("If it was not you, change your password: it is known to somebody else."),
            ],
            (_("Change the password"), address_of("members.password_page")),
        )

    write("codes_guessed", to(member), say)
