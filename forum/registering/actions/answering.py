"""Answering: will I come?"""

from dataclasses import dataclass
from typing import Any

from forum.core import clock
from forum.core.db import db
from forum.core.derived import fresh_salt
from forum.core.errors import Invalid
from forum.core.events import record
from forum.core.languages import LANGUAGES, clean_body
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.registering import queries, rules
from forum.registering.actions.places import fill, hold, leave_place
from forum.registering.events import RegistrationChanged
from forum.registering.models import LONGEST_QUESTION, Admission, Answer, Place, Registration
from forum.spaces.events import SpaceLeft
from forum.spaces.queries import who_may_read
from forum.workshops.models import Workshop
from forum.workshops.queries import find_talk


@dataclass(frozen=True)
class Given:
    """What somebody answers."""

    answer: str
    wants: str = ""
    question: str = ""
    talk_id: int | None = None


def check(workshop: Any, given: Given) -> None:
    """Raise Invalid with every field that needs another look. `workshop`: its row, or a row of a query."""
    if workshop.cancelled_at is not None:
        raise Invalid(_("This event is cancelled."), fields={"answer": _("This event is cancelled.")})
    if rules.is_over(workshop):
        raise Invalid(_("This event is over."), fields={"answer": _("This event is over.")})
    wrong = {}
    if given.answer not in set(Answer):
        wrong["answer"] = _("Choose one of the answers.")
    if given.wants not in ("", *LANGUAGES):
        wrong["wants"] = _("Choose one of the four languages.")
    if len(clean_body(given.question)) > LONGEST_QUESTION:
        wrong["question"] = _("At most %(num)s characters.", num=LONGEST_QUESTION)
    if given.talk_id is not None and find_talk(workshop.id, given.talk_id) is None:
        wrong["talk"] = _("Choose one of the talks.")
    if wrong:
        raise Invalid(fields=wrong)


def register(workshop: Any, given: Given, *, by: Reader) -> Registration:
    """A member answers, or answers otherwise. The same answer again changes nothing. A place is given if one is free;
    else they wait for one."""
    check(workshop, given)
    admission = hold(workshop.id)
    found = queries.find_of_member(workshop.id, by.member_id)
    check_door(admission, found)
    if found is None:
        found = begun(workshop.id, language=by.language or "en")
        found.member_id = by.member_id
    elif found.member_id is None:  # what they answered as a guest is theirs
        found.member_id, found.email = by.member_id, None
        found.name = found.organisation = found.country = ""
    take(found, given, admission)
    return found


def check_door(admission: Admission, found: Registration | None) -> None:
    """Where places are given by application, only who has one, or waits for one, answers. Raises Invalid."""
    if admission.applications_until is not None and (found is None or found.place == Place.NONE):
        message = _("Places of this event are given by application.")
        raise Invalid(message, fields={"answer": message})


def begun(workshop_id: int, *, language: str) -> Registration:
    """One that says nothing yet."""
    now = clock.now()
    return Registration(
        workshop_id=workshop_id,
        language=language,
        answer=Answer.NO,
        place=Place.NONE,
        wants="",
        question="",
        told="",
        salt=fresh_salt(),
        created_at=now,
        changed_at=now,
    )


def take(registration: Registration, given: Given, admission: Admission) -> None:
    """Write the answer down, and see who has a place now. The admission is held."""
    is_new = registration.id is None
    said = (given.answer, given.wants, clean_body(given.question), given.talk_id)
    before = (registration.answer, registration.wants, registration.question, registration.talk_id)
    registration.answer, registration.wants = Answer(given.answer), given.wants
    registration.question, registration.talk_id = said[2], given.talk_id
    if registration.answer != Answer.YES:
        leave_place(registration)
    elif registration.place == Place.NONE:
        registration.place, registration.waits_since = Place.WAITING, clock.now()
    if is_new:
        registration.told_schedule = rules.schedule_of(db.session.get_one(Workshop, registration.workshop_id))
    db.session.add(registration)
    db.session.flush()
    if is_new or said != before:
        registration.changed_at = clock.now()
        record(RegistrationChanged(registration.id))
    fill(admission)


def withdraw(workshop_id: int, *, by: Reader) -> None:
    """The member takes the answer back: nothing is kept of it. Where there is none, nothing happens."""
    admission = hold(workshop_id)
    found = queries.find_of_member(workshop_id, by.member_id)
    if found is not None:
        remove(found, admission)


def leave_space(happened: SpaceLeft) -> None:
    """Together: who does not see a workshop any more leaves the place to the next."""
    if not who_may_read(happened.space_id, [happened.member_id]):
        for own in queries.of_member_in(happened.space_id, happened.member_id):
            remove(own, hold(own.workshop_id))


def remove(registration: Registration, admission: Admission) -> None:
    """It is gone, and the next one comes in. The admission is held."""
    leave_place(registration)
    db.session.delete(registration)
    fill(admission)
