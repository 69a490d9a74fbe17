"""Letters to those who come, or wait, in their own language. Those to the confirmed carry their own way in, not the
joining link itself."""

from dataclasses import asdict

from forum.core.calendars import calendar_of
from forum.core.languages import current_speech, detect, format_span, speaking
from forum.core.languages import gettext as _
from forum.core.mail import Addressee, Secret, Words, address_of, isolated, write
from forum.core.mail.models import TOKEN_HERE
from forum.core.reader import Reader
from forum.members.mailings import to as to_member
from forum.members.models import Member
from forum.registering.models import GuestAnswer, Registration
from forum.registering.queries import WayIn
from forum.workshops.mailings import happenings
from forum.workshops.models import Workshop
from forum.workshops.queries import get_row, get_workshop, sessions_of, titles_of


def addressee(registration: Registration, member: Member | None) -> Addressee:
    """A member, or the guest of the registration, who lives by the organisers' clocks for all we know."""
    if member is not None:
        return to_member(member)
    zone = get_row(registration.workshop_id).zone
    return Addressee(registration.email or "", registration.name, registration.language, zone=zone)


def confirm(asked: GuestAnswer, secret: Secret) -> None:
    """To a guest: is this address yours?"""
    workshop = get_row(asked.workshop_id)

    def say(_site: str) -> Words:
        link = address_of("registering.confirm_page", workshop_id=workshop.id, token=TOKEN_HERE)
        return Words(
            _("Please confirm your answer"),
            [
                _("Somebody, perhaps you, gave this address for “%(title)s”.", title=_title(workshop)),
                _when(workshop),
                _("If it was you, please confirm the answer."),
            ],
            (_("Confirm my answer"), link),
            after=[
                _("The link works once, within the next 60 minutes."),
                _("If you did not ask for this, leave this letter unanswered: nothing happens."),
            ],
        )

    write("come", Addressee(asked.email, asked.name, asked.language, zone=workshop.zone), say, secret=secret)


def confirmed(to: Addressee, workshop: Workshop, way: WayIn | None, *, waited: bool) -> None:
    """They have a place; `waited`: one has become free."""

    def say(_site: str) -> Words:
        said = _("A place has become free: you take part in “%(title)s”.", title=_title(workshop))
        if not waited:
            said = _("Your place is confirmed: you take part in “%(title)s”.", title=_title(workshop))
        return Words(
            _("A place has become free for you") if waited else _("Your place is confirmed"),
            [said, _when(workshop)],
            _way_in(workshop, way),
            after=[*_about_link(workshop, way), *_about_topics(to), _not_coming(to)],
        )

    write("place", to, say)


def waiting(to: Addressee, workshop: Workshop) -> None:
    """All places are taken."""

    def say(_site: str) -> Words:
        return Words(
            _("You are on the waiting list"),
            [
                _("All places of “%(title)s” are taken. You are on the waiting list.", title=_title(workshop)),
                _when(workshop),
                _("As soon as a place becomes free for you, it is yours and a letter tells you."),
            ],
            (_("Look at the event"), _page(workshop)),
            after=[_not_coming(to)],
        )

    write("waiting", to, say)


def new_link(to: Addressee, workshop: Workshop, way: WayIn | None) -> None:
    """How one joins is known now, or is another way."""

    def say(_site: str) -> Words:
        said = _("The joining link of “%(title)s” is no longer of use. A new one follows.", title=_title(workshop))
        if way:
            said = _(
                "“%(title)s” has a new joining link. The letters that you have lead to it by themselves.",
                title=_title(workshop),
            )
        return Words(
            _("How to join the event"),
            [said, _when(workshop)],
            _way_in(workshop, way),
            after=_about_link(workshop, way),
        )

    write("joining_link", to, say)


def reminder(to: Addressee, workshop: Workshop, way: WayIn | None, near: int) -> None:
    """It begins soon: `near` is 1 a week before, 2 a day, 3 an hour."""

    def say(_site: str) -> Words:
        subject = {1: _("In a week: %(title)s"), 2: _("Tomorrow: %(title)s"), 3: _("In an hour: %(title)s")}[near]
        return Words(
            subject % {"title": _title(workshop)},
            [_("You take part in “%(title)s”.", title=_title(workshop)), _when(workshop)],
            _way_in(workshop, way),
            after=[*_about_link(workshop, way), _not_coming(to)],
        )

    write("reminder", to, say)


def moved(to: Addressee, workshop: Workshop, way: WayIn | None, reader: Reader, *, was_off: bool) -> None:
    """It has other times, or takes place after all."""

    def say(_site: str) -> Words:
        title = _title(workshop)
        said = (
            _("“%(title)s” takes place after all.", title=title)
            if was_off
            else _("“%(title)s” has other times.", title=title)
        )
        return Words(
            _("It takes place after all: %(title)s", title=title) if was_off else _("Moved: %(title)s", title=title),
            [said, _when(workshop)],
            _way_in(workshop, way),
            after=[_("The file with this letter puts it right in your calendar."), _not_coming(to)],
        )

    write("moved", to, say, calendar=_calendar(to, workshop, reader))


def cancelled(to: Addressee, workshop: Workshop, reader: Reader) -> None:
    """It does not take place."""

    def say(_site: str) -> Words:
        title = _title(workshop)
        return Words(
            _("Cancelled: %(title)s", title=title),
            [_("“%(title)s” is cancelled.", title=title), _when(workshop)],
            (_("Look at the event"), _page(workshop)),
            quoted=workshop.cancel_reason,
            quoted_language=detect(workshop.cancel_reason, fallback="en") or "en",
            after=[_("The file with this letter takes it out of your calendar. The discussion stays open.")],
        )

    write("cancelled", to, say, calendar=_calendar(to, workshop, reader))


def goes_on(to: Addressee, workshop: Workshop, session_id: int, way: WayIn | None) -> None:
    """An hour before the first session of one of its later days."""

    def say(_site: str) -> Words:
        title = _title(workshop)
        (session,) = [one for one in sessions_of(workshop.id, current_speech().locale) if one.id == session_id]
        return Words(
            _("In an hour: %(title)s", title=title),
            [
                _("“%(title)s” goes on with “%(session)s”.", title=title, session=isolated(session.title)),
                format_span(session.starts_at, session.ends_at),
            ],
            _way_in(workshop, way),
            after=[*_about_link(workshop, way), _not_coming(to)],
        )

    write("reminder", to, say)


def _calendar(to: Addressee, workshop: Workshop, reader: Reader) -> str | None:
    """The event for the recipient's calendar, in their language."""
    if workshop.is_date_approximate:
        return None
    with speaking(to.language, to.digits, to.zone):
        locale = current_speech().locale
        row = get_workshop(workshop.id, reader=reader, language=locale)
        return calendar_of(happenings(row, sessions_of(row.id, locale))).decode()


def _way_in(workshop: Workshop, way: WayIn | None) -> tuple[str, str]:
    if way is None:
        return _("Look at the event"), _page(workshop)
    return _("Join the event"), address_of("registering.way_in", **asdict(way))


def _about_link(workshop: Workshop, way: WayIn | None) -> list[str]:
    if way:
        return [_("Joining asks for the e-mail address to which this letter came, so that nobody else comes in by it.")]
    return [_("The joining link follows in another letter.")] if workshop.is_online else []


def _about_topics(to: Addressee) -> list[str]:
    if to.member_id is None:
        return []
    return [_("You follow the discussion of the event from now on. Each topic's own page lets you stop that.")]


def _not_coming(to: Addressee) -> str:
    if to.member_id is None:
        return _("If you cannot come, please answer once more on the event's page, with this same e-mail address.")
    return _("If you cannot come, please say so on the event's page: somebody else may be waiting for the place.")


def _title(workshop: Workshop) -> str:
    return isolated(titles_of(workshop.id)[current_speech().locale])


def _when(workshop: Workshop) -> str:
    return format_span(workshop.starts_at, workshop.ends_at)


def _page(workshop: Workshop) -> str:
    return address_of("workshops.show", workshop_id=workshop.id)
