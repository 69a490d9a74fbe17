"""Letters about an account as a whole, in the member's language."""

from datetime import datetime

from forum.core.languages import format_date
from forum.core.languages import gettext as _
from forum.core.mail import Secret, Words, address_of, write
from forum.core.mail.models import TOKEN_HERE
from forum.members.mailings import to
from forum.members.models import Member


def export_ready(member: Member, *, secret: Secret) -> None:
    """What a member asked for is there."""

    def say(site: str) -> Words:
        return Words(
            _("Your data is ready to be fetched"),
            [
                _(
                    "You asked for a copy of everything that %(site)s holds of you. It is packed and waits for you.",
                    site=site,
                )
            ],
            (_("Fetch my data"), address_of("accounts.export", token=TOKEN_HERE)),
            after=[
                _("Sign in first. The link works once, within the next 60 minutes; then the copy is removed."),
                _("If it was not you, change your password at once: somebody else knows it."),
            ],
        )

    write("export", to(member), say, secret=secret)


def erasure_asked(member: Member, due_at: datetime, *, secret: Secret, by_themselves: bool) -> None:
    """The account is to be erased; there is a way back until then."""

    def say(site: str) -> Words:
        if by_themselves:
            asked = _("You asked for your account on %(site)s to be erased.", site=site)
        else:
            asked = _("The managers of %(site)s are asked to erase your account.", site=site)
        return Words(
            _("Your account is to be erased"),
            [
                asked,
                _("This is done on %(date)s and cannot be undone then.", date=format_date(due_at)),
                _("Your posts stay without your name; your profile and all that is yours alone is deleted."),
            ],
            (_("Keep my account"), address_of("accounts.undo_page", token=TOKEN_HERE)),
            after=[
                _("The link works once, within the next 60 minutes."),
                _("After that, until the day of the erasure, it leads to a page that sends you a new one."),
                _("Until then you may go on using it, and fetch a copy of your data in the settings."),
                _("If it was not you, keep your account and change your password at once: somebody else knows it."),
            ],
        )

    write("erasure", to(member), say, secret=secret)


def accounts_merged(member: Member, other: str) -> None:
    """To both addresses, in case they are not of one person. `other` is the one that opens nothing any more."""

    def say(site: str) -> Words:
        return Words(
            _("Your two accounts are one now"),
            [
                _(
                    "The managers of %(site)s have made one account of your two. "
                    "Everything of the other is in this one.",
                    site=site,
                ),
                _("You sign in with %(address)s; %(other)s opens nothing any more.", address=member.email, other=other),
            ],
            (_("See my page"), address_of("members.show", member_id=member.id)),
            after=[_("If these were not both yours, tell the managers of the network at once.")],
        )

    for address in (member.email, other):
        write("merged", to(member, address), say)
