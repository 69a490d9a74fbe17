"""Places: how many, who is next, and that a place goes to one, however many come and go in the same moment."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from forum.core.db import db, transaction
from forum.core.mail import Letter
from forum.registering import actions
from forum.registering.models import Admission, Registration
from forum.workshops.models import Workshop


def places(app, workshop) -> dict[int, str]:
    """{member: place}."""
    with app.app_context():
        query = select(Registration.member_id, Registration.place).where(Registration.workshop_id == workshop.id)
        query = query.order_by(Registration.id)
        return {row.member_id: str(row.place) for row in db.session.execute(query)}


def at_once(app, *calls) -> None:
    """Each in a thread and a transaction of its own."""

    def run(call):
        with app.app_context(), transaction():
            call(db.session)

    with ThreadPoolExecutor(len(calls)) as hands:
        list(hands.map(run, calls))


def test_withdrawals_at_once_pull_the_next_each_exactly_once(app, make, work):
    workshop = make.workshop()
    make.admission(workshop, capacity=4)
    members = [make.member() for _ in range(14)]
    for member in members:
        make.registration(workshop, member)
    work()
    readers = {member.id: make.reader(member) for member in members}
    leaving = [*members[:4], members[5], members[7]]  # four places, and two from the list

    def leave(member):
        return lambda _session: actions.withdraw(workshop.id, by=readers[member.id])

    at_once(app, *map(leave, leaving))
    found = places(app, workshop)
    assert [member.id for member in members if found.get(member.id) == "confirmed"] == [
        members[number].id for number in (4, 6, 8, 9)
    ]
    assert len(found) == 8
    work()
    with app.app_context():
        query = select(Letter.member_id).where(Letter.kind == "place", Letter.member_id.in_(found))
        told = list(db.session.scalars(query))
    assert sorted(told) == sorted(id for id, place in found.items() if place == "confirmed")


def test_who_come_at_once_never_are_more_than_the_places(app, make):
    workshop = make.workshop()
    make.admission(workshop, capacity=3)
    readers = [make.reader(make.member()) for _ in range(9)]

    def come(reader):
        def call(session):
            actions.register(session.get_one(Workshop, workshop.id), actions.Given("yes"), by=reader)

        return call

    at_once(app, *map(come, readers))
    assert sorted(places(app, workshop).values()) == ["confirmed"] * 3 + ["waiting"] * 6


def test_one_hand_that_clicks_twice_at_once_answers_once(app, make):
    workshop, reader = make.workshop(), make.reader(make.member())

    def come(session):
        actions.register(session.get_one(Workshop, workshop.id), actions.Given("yes"), by=reader)

    at_once(app, come, come, come)
    assert list(places(app, workshop).values()) == ["confirmed"]


def test_more_places_are_filled_from_the_list_and_fewer_than_confirmed_are_refused(app, make, sign_in):
    workshop = make.workshop()
    make.admission(workshop, capacity=1)
    members = [make.member() for _ in range(4)]
    for member in members:
        make.registration(workshop, member)
    manager = sign_in(make.manager())
    path = f"/api/v1/workshops/{workshop.id}/admission"
    assert manager.json("PUT", path, {"capacity": 3}).json == {"capacity": 3, "joining_link": None}
    assert app.test_client().get(f"/api/v1/workshops/{workshop.id}").json["capacity"] == 3
    assert list(places(app, workshop).values()) == ["confirmed"] * 3 + ["waiting"]
    refused = manager.json("PUT", path, {"capacity": 2})
    assert refused.status_code == 422
    assert refused.json["error"]["fields"]["capacity"].startswith("3 people are confirmed already")
    page = manager.form(f"/ar/workshops/{workshop.id}/admission", {"capacity": "٢"}, method="PUT")
    assert page.status_code == 422 and "تأكدت مقاعد 3 أشخاص" in page.text
    assert manager.json("PUT", path, {}).json["capacity"] is None
    assert list(places(app, workshop).values()) == ["confirmed"] * 4


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"capacity": 0}, "capacity"),
        ({"capacity": -3}, "capacity"),
        ({"capacity": 100_001}, "capacity"),
        ({"capacity": "many"}, "capacity"),
        ({"joining_link": "meet.example.org/x"}, "joining_link"),
        ({"joining_link": "javascript:alert(1)"}, "joining_link"),
        ({"joining_link": "https://"}, "joining_link"),
        ({"joining_link": "https://[::1"}, "joining_link"),
        ({"joining_link": "https://example.org:99999/"}, "joining_link"),
        ({"joining_link": "https://example.org/a b"}, "joining_link"),
        ({"joining_link": "https://example.org/\u202e"}, "joining_link"),
        ({"joining_link": f"https://example.org/{'x' * 500}"}, "joining_link"),
    ],
)
def test_what_places_and_link_may_not_be(app, make, sign_in, sent, field):
    workshop = make.workshop()
    told = sign_in(make.manager()).json("PUT", f"/api/v1/workshops/{workshop.id}/admission", sent)
    assert (told.status_code, list(told.json["error"]["fields"])) == (422, [field])
    with app.app_context():
        row = db.session.get(Admission, workshop.id)
        assert row is None or (row.capacity, row.joining_link) == (None, "")
