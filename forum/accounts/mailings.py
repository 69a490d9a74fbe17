"""Letters about an account as a whole, in the member's language."""

from forum.core import mail
from forum.core.languages import gettext as _
from forum.core.languages import speaking
from forum.core.mail import Secret, Words, address_of
from forum.core.mail.models import TOKEN_HERE
from forum.members.mailings import greeting
from forum.members.models import Member


def export_ready(member: Member, *, secret: Secret) -> None:
    """What a member asked for is there."""
    with speaking(member.language):
        words = Words(
            _("Your data is ready to be fetched"),
            [
                greeting(member.display_name),
                _("You asked for a copy of everything that Multaqa holds of you. It is packed and waits for you."),
            ],
            (_("Fetch my data"), address_of("accounts.export", token=TOKEN_HERE)),
            after=[
                _("Sign in first. The link works once, within the next three days; then the copy is removed."),
                _("If it was not you, change your password at once: somebody else knows it."),
            ],
        )
        mail.queue("export", member.email, words, member_id=member.id, secret=secret)
