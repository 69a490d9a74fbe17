"""Letters about handovers, in the recipient's language. Nothing of what is handed over stands in them."""

from forum.core import mail
from forum.core.languages import gettext as _
from forum.core.languages import speaking
from forum.core.mail import Words, address_of, defanged, isolated
from forum.handovers.models import Handover
from forum.members.mailings import greeting
from forum.members.models import Member


def named(handover: Handover, *, leaver: Member, successor: Member) -> None:
    """To the successor: will you take over?"""
    with speaking(successor.language):
        words = Words(
            _("You are asked to take over from a colleague"),
            [
                greeting(successor.display_name),
                _("%(name)s leaves the office, and you are named as successor.", name=_name(leaver)),
                _("If you agree, you follow the same discussions and may say which answers settle open questions."),
            ],
            (_("Look at it and decide"), address_of("handovers.show", handover_id=handover.id)),
            after=[_("Nothing happens before you confirm. You may also say no.")],
        )
        mail.queue("handover", successor.email, words, member_id=successor.id)


def announced(handover: Handover, *, leaver: Member, successor: Member) -> None:
    """To the leaver, when a manager named the successor."""
    with speaking(leaver.language):
        words = Words(
            _("A successor is named for you"),
            [
                greeting(leaver.display_name),
                _("The managers of the network ask %(name)s to take over from you.", name=_name(successor)),
                _("Your posts stay yours. Your drafts stay with you."),
            ],
            (_("Look at it"), address_of("handovers.show", handover_id=handover.id)),
            after=[_("You can take it back there as long as it is not confirmed.")],
        )
        mail.queue("handover", leaver.email, words, member_id=leaver.id)


def confirmed(handover: Handover, *, leaver: Member, successor: Member) -> None:
    """To both: it is done."""
    for to, other in ((leaver, successor), (successor, leaver)):
        with speaking(to.language):
            said = (
                _("%(name)s has taken over from you.", name=_name(other))
                if to is leaver
                else _("You have taken over from %(name)s.", name=_name(other))
            )
            words = Words(
                _("The handover is done"),
                [greeting(to.display_name), said],
                (_("Look at it"), address_of("handovers.show", handover_id=handover.id)),
            )
            mail.queue("handover", to.email, words, member_id=to.id)


def declined(handover: Handover, *, leaver: Member, successor: Member) -> None:
    """To the leaver: somebody else may."""
    with speaking(leaver.language):
        words = Words(
            _("Your successor has declined"),
            [
                greeting(leaver.display_name),
                _("%(name)s does not take over from you. You may name somebody else.", name=_name(successor)),
            ],
            (_("Name somebody else"), address_of("handovers.page", member_id=leaver.id)),
        )
        mail.queue("handover", leaver.email, words, member_id=leaver.id)


def _name(member: Member) -> str:
    return isolated(defanged(member.display_name))
