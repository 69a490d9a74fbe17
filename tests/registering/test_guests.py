"""Guests answer by e-mail: the link in the letter is used once, and nobody learns who is a member."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from forum.core import clock, jobs
from forum.core.db import db, transaction
from forum.core.mail import post_letters
from forum.registering.actions import forget_guests
from forum.registering.models import GuestAnswer, Registration
from tests.counting import statements

LINK = "https://meet.example.org/mark-7351"
GOOD = {"answer": "yes", "display_name": "ريم العلي", "email": "reem@example.org", "country": "JO", "wants": "ar"}


@pytest.fixture
def sending(make_app, post_office):
    """An application that sends."""
    return make_app(smtp_url=post_office.url)


@pytest.fixture
def post(sending):
    """`post()`: do what waits and have the letters go."""

    def go() -> None:
        with sending.app_context():
            jobs.work()
            post_letters()

    return go


@pytest.fixture
def workshop(make):
    """A webinar with a link."""
    found = make.workshop()
    make.admission(found, link=LINK)
    return found


def rows(app) -> list[tuple]:
    """(member, e-mail, answer, place) of all."""
    with app.app_context():
        columns = (Registration.member_id, Registration.email, Registration.answer, Registration.place)
        return [tuple(row) for row in db.session.execute(select(*columns).order_by(Registration.id))]


@pytest.mark.parametrize(("language", "subject"), [("ar", "تأكيد جوابك"), ("en", "Please confirm your answer")])
def test_from_the_form_to_the_joining_link(sending, post, post_office, workshop, language, subject):
    client, page = sending.test_client(), f"/{language}/workshops/{workshop.id}"
    assert f"{page}/registration" in client.get(page).text
    assert 'name="email"' in client.get(f"{page}/registration").text
    sent = client.form(f"{page}/registrations", GOOD)
    assert (sent.status_code, sent.location) == (303, f"{page}/registrations/sent")
    assert client.get(sent.location).status_code == 200
    assert rows(sending) == []
    post()
    letter = post_office.to("reem@example.org")
    assert letter.subject == subject and "mark-7351" not in letter.text
    shown = client.get(letter.path)
    assert (shown.status_code, shown.headers["Cache-Control"]) == (200, "no-store")
    assert rows(sending) == []  # a program that opens links confirms nothing
    done = client.form(letter.path)
    assert done.status_code == 200 and "mark-7351" not in done.text
    assert rows(sending) == [(None, "reem@example.org", "yes", "confirmed")]
    post()
    way_in = post_office.to("reem@example.org")
    assert "/join/" in way_in.path and LINK in client.form(way_in.path, {"email": GOOD["email"]}).text
    again = client.form(letter.path)  # a double click: one answer, and no link for whoever finds the letter
    assert again.status_code == 200 and "mark-7351" not in again.text
    assert rows(sending) == [(None, "reem@example.org", "yes", "confirmed")]
    assert len(post_office.letters) == 2


def test_a_second_answer_counts_from_its_own_link_on(sending, post, post_office, workshop):
    client, path = sending.test_client(), f"/en/workshops/{workshop.id}/registrations"
    client.form(path, GOOD)
    post()
    first = post_office.to("reem@example.org").path
    client.form(path, GOOD | {"answer": "no"})
    post()
    second = post_office.to("reem@example.org").path
    assert client.form(first).status_code == 410  # made void by the newer one
    assert client.form(second).status_code == 200
    assert rows(sending) == [(None, "reem@example.org", "no", "none")]


def test_a_link_is_over_after_an_hour_and_belongs_to_one_event(sending, make, post, post_office, workshop):
    client = sending.test_client()
    client.form(f"/en/workshops/{workshop.id}/registrations", GOOD)
    post()
    path = post_office.to("reem@example.org").path
    other = make.workshop()
    assert client.form(path.replace(f"/workshops/{workshop.id}/", f"/workshops/{other.id}/")).status_code == 410
    with clock.at(clock.now() + timedelta(minutes=61)):
        assert client.form(path).status_code == 410
    assert rows(sending) == []


def test_a_members_address_is_answered_alike_and_makes_it_the_members_answer(
    sending, make, post, post_office, workshop
):
    member = make.member(email="member@example.org")
    client, costs = sending.test_client(), set()
    client.form(f"/en/workshops/{workshop.id}/registrations", GOOD)
    for email in ("member@example.org", "unknown@example.org"):
        with statements(sending) as said:
            sent = client.form(f"/en/workshops/{workshop.id}/registrations", GOOD | {"email": email})
        costs.add((said.number, sent.status_code, sent.location))
    assert len(costs) == 1
    post()
    client.form(post_office.to("member@example.org").path)
    assert rows(sending) == [(member.id, None, "yes", "confirmed")]


def test_who_becomes_a_member_keeps_the_answer(sending, make, post, post_office, workshop, sign_in):
    client = sending.test_client()
    client.form(f"/en/workshops/{workshop.id}/registrations", GOOD)
    post()
    client.form(post_office.to("reem@example.org").path)
    member = make.member(email="reem@example.org")
    known = sign_in(member)
    path = f"/api/v1/workshops/{workshop.id}/registration"
    assert known.get(path).json["joining_link"] == LINK
    known.json("PUT", path, {"answer": "maybe"})
    assert rows(sending) == [(member.id, None, "maybe", "none")]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "no address"),
        ("email", "a@example.org\nBcc: b@example.org"),
        ("display_name", ""),
        ("display_name", "x" * 81),
        ("display_name", "Reem\u202e"),
        ("organisation", "x" * 121),
        ("country", "XX"),
        ("answer", ""),
    ],
)
def test_what_a_guest_may_not_say(app, client, make, field, value):
    workshop = make.workshop()
    path = f"workshops/{workshop.id}/registrations"
    told = client.json("POST", f"/api/v1/{path}", GOOD | {field: value})
    assert (told.status_code, list(told.json["error"]["fields"])) == (422, [field])
    page = client.form(f"/en/{path}", GOOD | {field: value})
    assert page.status_code == 422 and "Please check what is marked" in page.text
    with app.app_context():
        assert db.session.scalars(select(GuestAnswer)).all() == []


def test_programs_that_fill_everything_are_told_what_people_are_told(app, client, make):
    workshop = make.workshop()
    sent = client.form(f"/en/workshops/{workshop.id}/registrations", GOOD | {"website": "x"})
    assert sent.status_code == 303
    with app.app_context():
        assert db.session.scalars(select(GuestAnswer)).all() == []


def test_letters_to_one_address_have_a_limit(make_app, make):
    limited = make_app(rate_limits=True)
    client, path = limited.test_client(), f"/en/workshops/{make.workshop().id}/registrations"
    assert [client.form(path, GOOD).status_code for _ in range(4)] == [303, 303, 303, 429]


def test_guests_are_forgotten_after_the_event_but_not_what_they_answered(sending, post, post_office, workshop):
    client = sending.test_client()
    client.form(f"/en/workshops/{workshop.id}/registrations", GOOD)
    post()
    client.form(post_office.to("reem@example.org").path)
    with sending.app_context(), clock.at(clock.now() + timedelta(days=95)), transaction():
        forget_guests()
    with sending.app_context():
        assert db.session.scalars(select(GuestAnswer)).all() == []
        row = db.session.scalars(select(Registration)).one()
        assert (row.email, row.name, row.answer, row.country) == (None, "", "yes", "JO")
