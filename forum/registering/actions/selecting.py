"""Places that are given by selection: whoever chooses among those who applied hands both lists over here, once; from
then on they are registrations like all others, and the next who waits comes in as everywhere."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from forum.core import clock
from forum.core.db import db
from forum.core.errors import Conflict, Invalid
from forum.core.languages import gettext as _
from forum.following import actions as following
from forum.registering import queries, rules
from forum.registering.actions.answering import begun, remove
from forum.registering.actions.places import fill, hold
from forum.registering.models import MOST_PLACES, Admission, Answer, Place, Registration
from forum.spaces.queries import who_may_read
from forum.workshops.models import Workshop


def begin_selection(workshop_id: int, *, seats: int, until: datetime) -> None:
    """From now on so many places are given by application. Where somebody has a place already, or waits for one, it is
    too late for that."""
    if not 1 <= seats <= MOST_PLACES:
        raise Invalid(fields={"seats": _("A whole number from 1 to %(num)s.", num=MOST_PLACES)})
    admission = hold(workshop_id)
    if admission.applications_until is None and (queries.count_confirmed(workshop_id) or queries.waiting(workshop_id)):
        raise Conflict(_("Some people have a place at this event already; a call would be unfair to them."))
    admission.capacity, admission.applications_until = seats, until


def end_selection(workshop_id: int) -> None:
    """Who wants to come says so again."""
    hold(workshop_id).applications_until = None


def give_places(workshop: Workshop, *, selected: Sequence[int], waiting: Sequence[int]) -> None:
    """These members have a place, those wait in this order; who does not see the event any more gets none. What each
    is told is the business of who chose: `told` says that it is said."""
    admission = hold(workshop.id)
    seeing = set(who_may_read(workshop.space_id, [*selected, *waiting]))
    now = clock.now()
    for member_id in [id for id in selected if id in seeing]:
        _put(workshop, admission, member_id, Place.CONFIRMED, None)
    for number, member_id in enumerate(id for id in waiting if id in seeing):
        _put(workshop, admission, member_id, Place.WAITING, now + timedelta(microseconds=number))
    db.session.flush()
    following.follow_along([id for id in selected if id in seeing], "topic", queries.topic_ids_of(workshop.id))
    fill(admission)


def _put(workshop: Workshop, admission: Admission, member_id: int, place: Place, since: datetime | None) -> None:
    found = queries.find_of_member(workshop.id, member_id)
    if found is None or found.member_id != member_id:
        found = begun(workshop.id, language="en")
        found.member_id, found.told_schedule = member_id, rules.schedule_of(workshop)
        db.session.add(found)
    found.answer, found.place, found.waits_since = Answer.YES, place, since
    found.told = f"{place}:{admission.link_version}" if place == Place.CONFIRMED else str(place)
    db.session.flush()


def release(registration: Registration) -> None:
    """Take a place back: the next who waits has it."""
    remove(registration, hold(registration.workshop_id))
