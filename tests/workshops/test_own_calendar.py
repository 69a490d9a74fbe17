"""A calendar of one's own: a secret address that obeys what its member may see now."""

import logging
import re

import pytest
from icalendar import Calendar
from sqlalchemy import select

from forum.core.audit import AuditEntry
from forum.core.db import db
from forum.workshops.models import CalendarAddress
from tests.counting import statements


def titles_of(answer) -> list[str]:
    """What is in an iCalendar file."""
    return sorted(str(event["summary"]) for event in Calendar.from_ical(answer.data).walk("VEVENT"))


@pytest.fixture
def space(make):
    """A private one with an event; another event is public."""
    found = make.space("private")
    hidden = make.workshop("Among us", space=found)
    make.admission(hidden, link="https://meet.example.org/mark-7351")
    make.workshop("For all")
    return found


def address_of(client) -> str:
    """A fresh address of this member, without its host."""
    return re.sub("^https?://[^/]+", "", client.json("PUT", "/api/v1/account/calendar").json["address"])


def test_from_the_page_to_the_calendar(app, make, sign_in, client, space):
    member = make.member(space=space)
    reader = sign_in(member)
    assert "/en/calendar/address" in reader.get("/en/calendar").text
    assert "/en/calendar/address" not in client.get("/en/calendar").text
    assert "Make an address" in reader.get("/en/calendar/address").text
    assert reader.form("/en/calendar/address", method="PUT").status_code == 303
    page = reader.get("/en/calendar/address")
    assert page.headers["Cache-Control"] == "no-store"
    path = re.search(r"<code[^>]*>https?://[^/]+(/en/calendar/[\w-]{43}\.ics)</code>", page.text)[1]
    answer = client.get(path)  # a calendar program is no signed-in reader
    assert titles_of(answer) == ["Among us", "For all"]
    assert (answer.mimetype, answer.headers["Cache-Control"]) == ("text/calendar", "no-store")
    assert "mark-7351" not in answer.text
    assert titles_of(client.get("/en/calendar.ics")) == ["For all"]
    again = client.get(path, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_the_joining_link_is_not_even_in_the_calendar_of_the_confirmed(make, sign_in, client):
    workshop, member = make.workshop(), make.member()
    make.admission(workshop, link="https://meet.example.org/mark-7351")
    make.registration(workshop, member)
    assert "mark-7351" not in client.get(address_of(sign_in(member))).text


def test_what_is_lost_is_gone_from_it(app, make, sign_in, client, space):
    member = make.member(space=space)
    path = address_of(sign_in(member))
    make.remove_from_space(space, member)
    assert titles_of(client.get(path)) == ["For all"]
    make.add_to_space(space, member)
    assert titles_of(client.get(path)) == ["Among us", "For all"]
    make.suspend(member)
    assert client.get(path).status_code == 404


def test_an_address_that_was_replaced_or_ended_leads_nowhere(app, make, sign_in, client):
    reader = sign_in(make.member())
    first = address_of(reader)
    second = address_of(reader)
    assert (client.get(first).status_code, client.get(second).status_code) == (404, 200)
    assert reader.form("/en/calendar/address", method="DELETE").status_code == 303
    assert client.get(second).status_code == 404
    assert reader.get("/api/v1/account/calendar").json == {"address": None, "created_at": None}
    assert reader.json("DELETE", "/api/v1/account/calendar").status_code == 200  # twice does no harm
    with app.app_context():
        noted = list(db.session.scalars(select(AuditEntry.action).where(AuditEntry.action.contains("calendar"))))
    assert sorted(noted) == ["calendar address ended", "calendar address made", "calendar address made"]


def test_the_secret_stands_in_no_table_and_no_log(app, make, sign_in, client, caplog):
    reader = sign_in(make.member())
    with caplog.at_level(logging.INFO):
        path = address_of(reader)
        client.get(path)
    token = re.search(r"([\w-]{43})\.ics", path)[1]
    assert token not in caplog.text
    with app.app_context():
        row = db.session.scalars(select(CalendarAddress)).one()
        assert token.encode() not in (row.salt + row.token_hash)


def test_a_made_up_address_is_nobodys(client):
    assert client.get(f"/en/calendar/{'x' * 43}.ics").status_code == 404


def test_it_costs_the_same_with_one_and_with_many(app, make, sign_in, client):
    path, numbers = address_of(sign_in(make.member())), set()
    for more in (1, 12):
        for _ in range(more):
            make.session(make.workshop())
        with statements(app) as said:
            client.get(path)
        numbers.add(said.number)
    assert len(numbers) == 1
