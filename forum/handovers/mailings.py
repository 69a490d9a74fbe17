"""Letters about handovers, in the recipient's language. Nothing of what is handed over stands in them."""

from forum.core.languages import gettext as _
from forum.core.mail import Words, address_of, called, write
from forum.handovers.models import Handover
from forum.members.mailings import to
from forum.members.models import Member


def named(handover: Handover, *, leaver: Member, successor: Member) -> None:
    """To the successor: will you take over?"""

    def say(_site: str) -> Words:
        name = called(leaver.display_name)
        return Words(
            _("You are asked to take over from a colleague"),
            [
                _("%(name)s leaves the office, and you are named as successor.", name=name),
                _("If you agree, you follow the same discussions and may say which answers settle open questions."),
            ],
            (_("Look at it and decide"), address_of("handovers.show", handover_id=handover.id)),
            after=[_("Nothing happens before you confirm. You may also say no.")],
        )

    write("handover", to(successor), say)


def announced(handover: Handover, *, leaver: Member, successor: Member) -> None:
    """To the leaver, when a manager named the successor."""

    def say(_site: str) -> Words:
        name = called(successor.display_name)
        return Words(
            _("A successor is named for you"),
            [
                _("The managers of the network ask %(name)s to take over from you.", name=name),
                _("Your posts stay yours. Your drafts stay with you."),
            ],
            (_("Look at it"), address_of("handovers.show", handover_id=handover.id)),
            after=[_("You can take it back there as long as it is not confirmed.")],
        )

    write("handover", to(leaver), say)


def confirmed(handover: Handover, *, leaver: Member, successor: Member) -> None:
    """To both: it is done."""

    def say_to_leaver(_site: str) -> Words:
        return done(_("%(name)s has taken over from you.", name=called(successor.display_name)))

    def say_to_successor(_site: str) -> Words:
        return done(_("You have taken over from %(name)s.", name=called(leaver.display_name)))

    def done(said: str) -> Words:
        look = address_of("handovers.show", handover_id=handover.id)
        return Words(_("The handover is done"), [said], (_("Look at it"), look))

    write("handover", to(leaver), say_to_leaver)
    write("handover", to(successor), say_to_successor)


def declined(handover: Handover, *, leaver: Member, successor: Member) -> None:
    """To the leaver: somebody else may."""

    def say(_site: str) -> Words:
        name = called(successor.display_name)
        return Words(
            _("Your successor has declined"),
            [_("%(name)s does not take over from you. You may name somebody else.", name=name)],
            (_("Name somebody else"), address_of("handovers.page", member_id=leaver.id)),
        )

    write("handover", to(leaver), say)
