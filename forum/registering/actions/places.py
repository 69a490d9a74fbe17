"""Giving places away. It happens in one room alone, and by one at a time: `hold` the admission, change what changes,
`fill`. So a place that becomes free goes to the next who waits, once, however many come and go in the same moment."""

from sqlalchemy import select

from forum.core import audit
from forum.core.db import db, insert
from forum.core.errors import Forbidden, Invalid
from forum.core.events import record
from forum.core.languages import gettext as _
from forum.core.languages import ngettext
from forum.core.reader import Reader
from forum.following import actions as following
from forum.pads import actions as pads
from forum.registering import queries, rules
from forum.registering.events import RegistrationChanged
from forum.registering.models import LONGEST_LINK, MOST_PLACES, Admission, Place, Registration
from forum.workshops.actions.links import is_link
from forum.workshops.models import Workshop


def hold(workshop_id: int) -> Admission:
    """The admission of a workshop, ours until the transaction ends. On SQLite the whole transaction is alone anyway."""
    begun = insert(Admission).values(workshop_id=workshop_id, joining_link="", link_version=0)
    db.session.execute(begun.on_conflict_do_nothing())
    query = select(Admission).where(Admission.workshop_id == workshop_id).with_for_update()
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def fill(admission: Admission) -> None:
    """Give the places that are free to those who wait, the first first, as long as it is not over. Who may not see the
    workshop any more is passed over. The admission is held."""
    db.session.flush()
    workshop = db.session.get_one(Workshop, admission.workshop_id)
    if rules.is_over(workshop):
        return
    free = None
    if admission.capacity is not None:
        free = admission.capacity - queries.count_confirmed(admission.workshop_id)
        if free <= 0:
            return
    waiting = queries.waiting(admission.workshop_id)
    next_ones = queries.still_seeing(workshop.space_id, waiting)[:free]
    for one in next_ones:
        one.place, one.waits_since = Place.CONFIRMED, None
        record(RegistrationChanged(one.id))
    coming = [one.member_id for one in next_ones if one.member_id is not None]
    following.follow_along(coming, "topic", queries.topic_ids_of(admission.workshop_id))
    db.session.flush()


def leave_place(registration: Registration) -> None:
    """The place is free, the topics of the workshop are no longer followed but where that was chosen, and whoever was
    writing the notes writes no more."""
    if registration.place == Place.CONFIRMED and registration.member_id is not None:
        topics = queries.topic_ids_of(registration.workshop_id)
        following.unfollow_along(registration.member_id, "topic", topics)
        pads.leave_pen(registration.workshop_id, registration.member_id)
    registration.place, registration.waits_since = Place.NONE, None


def set_admission(workshop_id: int, *, capacity: int | None, joining_link: str, by: Reader | None) -> None:
    """Say how many places there are and how one joins; `by` None is the operator. More places are filled at once."""
    if by is not None and not rules.may_see_registrations(by):
        raise Forbidden
    link = joining_link.strip()
    wrong = {}
    if capacity is not None and not 1 <= capacity <= MOST_PLACES:
        wrong["capacity"] = _("A whole number from 1 to %(num)s, or nothing.", num=MOST_PLACES)
    if link and not is_link(link, longest=LONGEST_LINK):
        wrong["joining_link"] = _("A web address that begins with https, please.")
    if wrong:
        raise Invalid(fields=wrong)
    admission = hold(workshop_id)
    if admission.applications_until is not None and capacity is None:
        raise Invalid(fields={"capacity": _("A number, please: people apply for these places.")})
    confirmed = queries.count_confirmed(workshop_id)
    if capacity is not None and capacity < confirmed:
        message = ngettext(
            "%(num)s person is confirmed already. There cannot be fewer places.",
            "%(num)s people are confirmed already. There cannot be fewer places.",
            confirmed,
        )
        raise Invalid(fields={"capacity": message})
    admission.capacity = capacity
    if link != admission.joining_link:
        admission.joining_link, admission.link_version = link, admission.link_version + 1
        for id in queries.confirmed_ids(workshop_id):  # each has a letter, and each letter a job of its own
            record(RegistrationChanged(id))
    fill(admission)
    audit.note("admission changed", actor_id=by and by.id, subject=("workshop", workshop_id), capacity=capacity)


def note_export(workshop_id: int, *, by: Reader) -> None:
    """Somebody took the list of registrations along."""
    audit.note("registrations exported", actor_id=by.id, subject=("workshop", workshop_id))
