"""Guests answer by e-mail: what they say counts once the link in the letter shows that the address is theirs."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select, update

from forum.core import clock
from forum.core.db import db
from forum.core.errors import Invalid, LinkOver
from forum.core.events import record
from forum.core.languages import LANGUAGES, clean_body, clean_line
from forum.core.languages import gettext as _
from forum.core.mail import clean_address
from forum.members.actions.naming import wrong_names
from forum.members.actions.resetting import note_asking
from forum.members.actions.tokens import make_token, use_token
from forum.members.models import MemberState
from forum.members.queries import find_by_email, reader_for
from forum.municipalities.models import COUNTRIES
from forum.registering import mailings, queries
from forum.registering.actions.answering import Given, begun, check, check_door, register, take
from forum.registering.actions.places import hold
from forum.registering.events import RegistrationChanged
from forum.registering.models import LONGEST_ORGANISATION, Answer, GuestAnswer, Registration
from forum.workshops.models import Workshop

FORGET = timedelta(days=7)  # what nobody confirmed
FORGET_GUESTS = timedelta(days=90)  # who a guest was, after the event


@dataclass(frozen=True)
class Guest:
    """Who answers without an account; `language` is that of the letters."""

    email: str
    name: str
    language: str
    organisation: str = ""
    country: str = ""


def purpose_of(workshop_id: int) -> str:
    """What a link from a letter is for: an answer to this one workshop."""
    return f"come:{workshop_id}"


def check_guest(workshop: Any, given: Given, guest: Guest) -> None:
    """Raise Invalid with every field that needs another look."""
    wrong = wrong_names(guest.name, "")
    if clean_address(guest.email) is None:
        wrong["email"] = _("This is not an e-mail address.")
    if len(clean_line(guest.organisation)) > LONGEST_ORGANISATION:
        wrong["organisation"] = _("At most %(num)s characters.", num=LONGEST_ORGANISATION)
    if guest.country not in ("", *COUNTRIES):
        wrong["country"] = _("Choose one of the countries.")
    if guest.language not in LANGUAGES:
        wrong["language"] = _("Choose one of the four languages.")
    try:
        check(workshop, given)
        if (admission := queries.find_admission(workshop.id)) is not None:
            check_door(admission, None)
    except Invalid as refused:
        wrong |= refused.fields
    if wrong:
        raise Invalid(fields=wrong)


def ask_guest(workshop: Any, given: Given, guest: Guest, *, address: str) -> GuestAnswer:
    """Keep what a guest says and send the letter with the link; the same is done for every address."""
    check_guest(workshop, given, guest)
    email = clean_address(guest.email) or ""
    note_asking(email, address)
    asked = GuestAnswer(
        workshop_id=workshop.id,
        email=email,
        name=clean_line(guest.name),
        organisation=clean_line(guest.organisation),
        country=guest.country,
        language=guest.language,
        answer=Answer(given.answer),
        wants=given.wants,
        question=clean_body(given.question),
        talk_id=given.talk_id,
        created_at=clock.now(),
    )
    db.session.add(asked)
    db.session.flush()
    secret = make_token(purpose_of(workshop.id), email, subject_id=asked.id)
    mailings.confirm(asked, secret)
    return asked


def confirm_guest(workshop: Any, token: str) -> Registration:
    """The address is theirs: the answer counts. A member's address makes it the member's answer. Raises LinkOver."""
    used = use_token(token, purpose_of(workshop.id))
    asked = queries.find_guest_answer(used.subject_id)
    if asked is None or asked.email != used.email or asked.confirmed_at is not None:
        raise LinkOver
    return take_guest(workshop, asked)


def take_guest(workshop: Any, asked: GuestAnswer) -> Registration:
    """Count what a guest said. Who answers once more, perhaps because the letter is lost, is told once more."""
    asked.confirmed_at = clock.now()
    given = Given(asked.answer, asked.wants, asked.question, asked.talk_id)
    member = find_by_email(asked.email)
    if member is not None and member.state == MemberState.ACTIVE:
        return register(workshop, given, by=reader_for(member.id))
    check(workshop, given)
    admission = hold(workshop.id)
    found = queries.find_of_guest(workshop.id, asked.email)
    check_door(admission, found)
    found = found or begun(workshop.id, language=asked.language)
    found.email, found.name, found.organisation = asked.email, asked.name, asked.organisation
    found.country, found.language = asked.country, asked.language
    found.told = ""
    take(found, given, admission)
    record(RegistrationChanged(found.id))
    return found


def forget_guests() -> None:
    """Clock: what nobody confirmed goes after a week; of guests of what is over, only what they answered stays."""
    now = clock.now()
    db.session.execute(delete(GuestAnswer).where(GuestAnswer.created_at < now - FORGET))
    over = select(Workshop.id).where(Workshop.ends_at < now - FORGET_GUESTS)
    known = (Registration.email.is_not(None), Registration.workshop_id.in_(over))
    gone = update(Registration).where(*known).values(email=None, name="", organisation="")
    db.session.execute(gone.execution_options(synchronize_session=False))
