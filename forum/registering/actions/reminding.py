"""Letters by the clock: before an event begins or goes on, and when it is moved or called off.

Each pass takes some rows, writes on them what their people are told, and queues the letters in the same transaction: so
nobody is told twice, whatever is interrupted.
"""

from datetime import timedelta
from typing import Any

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.orm import aliased

from forum.core import clock
from forum.core.db import db
from forum.core.mail import Addressee
from forum.core.reader import GUEST, Reader
from forum.members.models import Member
from forum.members.queries import reader_for
from forum.registering import mailings, queries, rules
from forum.registering.models import Answer, Place, Registration
from forum.workshops.models import Workshop, WorkshopSession

# The nearest last; `reminded` says how far down somebody was told already.
AHEAD = (timedelta(days=7), timedelta(days=1), timedelta(hours=1))
QUIET = timedelta(minutes=10)  # whoever changes one time often changes another; then one letter says both
DAY = len("2018-03-20")
AT_A_TIME = 200  # rows of one pass; the next minute has its own


def remind() -> None:
    """Clock: those who are confirmed hear a week, a day and an hour before. Whoever answered after that moment has just
    had a letter with all of it."""
    now = clock.now()
    for near, ahead in enumerate(AHEAD, start=1):
        nearer = AHEAD[near] if near < len(AHEAD) else timedelta()
        untold = or_(
            Registration.reminded < near,
            Registration.reminded_of.is_(None),
            Registration.reminded_of != Workshop.starts_at,
        )
        query = _coming().where(Registration.place == Place.CONFIRMED, untold)
        query = query.where(Workshop.cancelled_at.is_(None), Workshop.is_date_approximate.is_(False))
        query = query.where(Workshop.starts_at > now + nearer, Workshop.starts_at <= now + ahead)
        for registration, workshop in db.session.execute(query.limit(AT_A_TIME)).all():
            registration.reminded, registration.reminded_of = near, workshop.starts_at
            if registration.created_at <= workshop.starts_at - ahead and (found := _person(registration, workshop)):
                mailings.reminder(found[0], workshop, queries.way_in(registration), near)


def remind_of_days() -> None:
    """Clock: where an event goes on, on another day by its own clocks, the confirmed hear an hour before the first
    session of that day. A day is told of once, wherever its sessions are moved."""
    now, hour = clock.now(), AHEAD[-1]
    day, earlier = func.substr(WorkshopSession.starts_wall, 1, DAY), aliased(WorkshopSession)
    is_first = ~exists().where(
        earlier.workshop_id == WorkshopSession.workshop_id,
        func.substr(earlier.starts_wall, 1, DAY) == day,
        earlier.starts_at < WorkshopSession.starts_at,
    )
    query = _coming().join(WorkshopSession, WorkshopSession.workshop_id == Workshop.id).add_columns(WorkshopSession)
    query = query.where(Registration.place == Place.CONFIRMED, Registration.reminded_day < day)
    query = query.where(Workshop.cancelled_at.is_(None), Workshop.is_date_approximate.is_(False))
    query = query.where(WorkshopSession.starts_at > now, WorkshopSession.starts_at <= now + hour)
    query = query.where(day > func.substr(Workshop.starts_wall, 1, DAY), is_first)
    for registration, workshop, session in db.session.execute(query.limit(AT_A_TIME)).all():
        registration.reminded_day = session.starts_wall[:DAY]
        if registration.created_at <= session.starts_at - hour and (found := _person(registration, workshop)):
            mailings.goes_on(found[0], workshop, session.id, queries.way_in(registration))


def tell_of_moves() -> None:
    """Clock: whoever said yes or maybe hears of other times, or that the event is off or on again, once the managers
    have left it alone for a while."""
    now = clock.now()
    query = _coming().where(Registration.answer != Answer.NO)
    query = query.where(func.abs(Registration.told_schedule) != Workshop.schedule)
    query = query.where(Workshop.changed_at <= now - QUIET, Workshop.ends_at > now)
    for registration, workshop in db.session.execute(query.limit(AT_A_TIME)).all():
        before, registration.told_schedule = registration.told_schedule, rules.schedule_of(workshop)
        if (found := _person(registration, workshop)) is None:
            continue
        to, reader = found
        if registration.told_schedule < 0:
            mailings.cancelled(to, workshop, reader)
        else:
            mailings.moved(to, workshop, queries.way_in(registration), reader, was_off=before < 0)


def _coming() -> Select[tuple[Registration, Workshop]]:
    query: Select[Any] = select(Registration, Workshop).join(Workshop, Workshop.id == Registration.workshop_id)
    return query.order_by(Registration.id).with_for_update(of=Registration).execution_options(populate_existing=True)


def _person(registration: Registration, workshop: Workshop) -> tuple[Addressee, Reader] | None:
    """To whom a letter goes, and what they may see; None for who may not see the event any more."""
    member = db.session.get(Member, registration.member_id) if registration.member_id is not None else None
    if not queries.still_seeing(workshop.space_id, [registration]) or not (member or registration.email):
        return None
    return mailings.addressee(registration, member), reader_for(member.id) if member else GUEST
