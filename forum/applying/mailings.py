"""Letters to applicants and reviewers, in their own language. All letters about decisions have one subject: whoever
sees only that learns nothing."""

from collections.abc import Sequence

from sqlalchemy import Row

from forum.applying.models import Decision
from forum.core import clock
from forum.core.languages import current_speech, format_span, ngettext
from forum.core.languages import gettext as _
from forum.core.mail import Words, address_of, isolated, write
from forum.members.mailings import to
from forum.members.models import Member
from forum.members.queries import reader_for
from forum.registering.queries import standing_of
from forum.workshops.models import Workshop
from forum.workshops.queries import leading_to, titles_of


def to_review(member: Member, workshop: Workshop, number: int) -> None:
    """So many applications are theirs to look at."""

    def say(_site: str) -> Words:
        return Words(
            _("Applications for you to look at"),
            [
                ngettext(
                    "%(num)s application for “%(title)s” waits for you.",
                    "%(num)s applications for “%(title)s” wait for you.",
                    number,
                    title=_title(workshop),
                ),
                _("Please give points for each criterion, and a few words that say why."),
            ],
            (_("Look at the applications"), address_of("applying.reviews", workshop_id=workshop.id)),
            after=[_("What an application says is for you alone. You see the other review when yours is given.")],
        )

    write("to_review", to(member), say)


def decided(member: Member, workshop: Workshop, decision: Decision) -> None:
    """What became of their application."""
    reader = reader_for(member.id)

    def say(_site: str) -> Words:
        subject = _("Your application for “%(title)s”", title=_title(workshop))
        own = address_of("applying.application", workshop_id=workshop.id)
        if decision == Decision.SELECTED:
            return Words(
                subject,
                [_("You are selected: a place is kept for you."), _when(workshop)],
                (_("Confirm that I come"), own),
                after=[
                    _("If you cannot come, please give the place back on the same page: somebody waits for it."),
                    *([_("The joining link stands on the page of the event.")] if workshop.is_online else []),
                ],
            )
        if decision == Decision.WAITING:
            number = standing_of(workshop.id, reader).ahead + 1
            return Words(
                subject,
                [
                    _("All places are given, and you are on the waiting list, at number %(num)s.", num=number),
                    _when(workshop),
                    _("As soon as a place becomes free for you, it is yours and a letter tells you."),
                ],
                (_("Look at my application"), own),
                after=[_("If you cannot come any more, please say so on the same page.")],
            )
        prepares = leading_to(workshop.id, reader=reader, language=current_speech().locale)
        return Words(
            subject,
            [
                _(
                    "Thank you for applying. There were more applications than places, "
                    "and this time we cannot offer you one."
                )
            ],
            _instead(workshop, prepares),
            after=_also(workshop, prepares),
        )

    write("application_decided", to(member), say)


def _instead(workshop: Workshop, prepares: Sequence[Row]) -> tuple[str, str]:
    """The webinar that prepares the workshop, or its topics."""
    if prepares:
        return _("Look at the webinar that prepares it"), address_of("workshops.show", workshop_id=_next(prepares).id)
    return _("Join the open discussion"), address_of("topics.index", workshop=workshop.id)


def _also(workshop: Workshop, prepares: Sequence[Row]) -> list[str]:
    topics = address_of("topics.index", workshop=workshop.id)
    said = [_("The topics of the workshop are open: what you know is wanted there, and what you ask is answered.")]
    if not prepares:
        return said
    one = _next(prepares)
    title = isolated(one.title)
    if one.ends_at >= clock.now():
        first = _("You are warmly invited to “%(title)s”, which prepares the workshop and is open to all.", title=title)
    else:
        first = _("“%(title)s” prepared the workshop; what was said there is on its page.", title=title)
    return [first, *said, topics]


def _next(prepares: Sequence[Row]) -> Row:
    """The next that is to come, or else the last."""
    return next((one for one in prepares if one.ends_at >= clock.now()), prepares[-1])


def _title(workshop: Workshop) -> str:
    return isolated(titles_of(workshop.id)[current_speech().locale])


def _when(workshop: Workshop) -> str:
    return format_span(workshop.starts_at, workshop.ends_at)
