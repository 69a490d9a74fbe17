"""Forty apply for thirty places, and several step back in the same moment."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from sqlalchemy import select

from forum.applying import actions, queries
from forum.core import clock
from forum.core.db import db, transaction
from forum.core.mail import Letter
from forum.registering.models import Registration
from forum.workshops.models import Workshop

WAIT, DECLINED, LEAVE, LEAVE_LIST = 8, 2, 5, 2


def at_once(app, calls) -> None:
    """Each in a thread and a transaction of its own."""

    def run(call):
        with app.app_context(), transaction():
            call(db.session)

    with ThreadPoolExecutor(8) as hands:
        list(hands.map(run, calls))


def test_forty_apply_at_once_thirty_come_and_each_place_that_is_given_back_goes_to_the_next_once(app, make, work):
    starts = (clock.now() + timedelta(days=10)).replace(tzinfo=None, microsecond=0)
    workshop, towns = make.workshop(starts=starts), [make.municipality() for _ in range(12)]
    reviewers = [make.member(municipality=towns[number]) for number in range(3)]
    make.call(workshop, seats=30, reviewers=reviewers)
    members = [make.member(municipality=towns[number % 12]) for number in range(40)]
    readers = [make.reader(one) for one in members]
    manager, looking = make.reader(make.manager()), [make.reader(one) for one in reviewers]

    def sends(reader):
        return lambda session: actions.apply(
            session.get_one(Workshop, workshop.id), actions.Presented("We host many."), by=reader
        )

    at_once(app, [sends(reader) for reader in (*readers, *readers[:5])])  # some press twice
    with make.writing(), clock.at(clock.now() + timedelta(hours=13)):
        actions.close_calls()
        rows = {row.member_id: row.id for row in queries.decided(workshop.id)}
        assert len(rows) == 40
        loads = [queries.count_left(workshop.id, one)[0] for one in looking]
        assert sum(loads) == 80 and max(loads) - min(loads) <= 1
        for number, one in enumerate(members):
            word = "selected" if number < 30 else "waiting" if number < 30 + WAIT else "declined"
            row, rank = queries.get_candidacy(workshop.id, rows[one.id]), 100 - number if word == "waiting" else None
            actions.decide(row, word, rank=rank, by=manager)

    def tells(session):
        with clock.at(clock.now() + timedelta(hours=13)):
            actions.tell_everybody(session.get_one(Workshop, workshop.id), by=manager)

    at_once(app, [tells] * 4)
    work()
    waiting = members[30 : 30 + WAIT][::-1]  # the last is first in the order that was given
    leaving = [*members[3 : 3 + LEAVE], waiting[0], waiting[4]]

    def leaves(reader):
        def call(session):
            actions.withdraw(session.get_one(Workshop, workshop.id), by=reader)

        return call

    at_once(app, [leaves(make.reader(one)) for one in leaving])
    work()
    left = [one.id for one in waiting if one not in leaving]
    came = set(left[:LEAVE])
    with app.app_context():
        query = select(Registration.member_id, Registration.place).where(Registration.workshop_id == workshop.id)
        query = query.order_by(Registration.id)
        places = {row.member_id: row.place for row in db.session.execute(query)}
        told = [(row.member_id, row.kind) for row in db.session.execute(select(Letter.member_id, Letter.kind))]
    stayed = {one.id for one in members[:30] if one not in leaving}
    assert {id for id, place in places.items() if place == "confirmed"} == stayed | came
    assert [id for id, place in places.items() if place == "waiting"] == left[LEAVE:]
    letters = [id for id, kind in told if kind == "application_decided"]
    assert sorted(letters) == sorted(one.id for one in members)
    came_in = [id for id, kind in told if kind == "place"]
    assert came <= set(came_in) and len(came_in) == len(set(came_in)) <= LEAVE + LEAVE_LIST
