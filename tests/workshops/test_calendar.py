"""The month on a page, and iCalendar: what is in it, for whom, and at which moment."""

import re
from datetime import datetime

import pytest
from icalendar import Calendar

from forum.core.languages import LANGUAGES
from tests.counting import statements
from tests.making import moment


def days_of(page):
    """{date: titles} of a month."""
    cells = re.findall(r'<time datetime="([-0-9]+)">.*?</time>(.*?)</td>', page.text, re.DOTALL)
    return {
        day: re.findall(r"<span lang=[^>]+>([^<]+)</span>", links) for day, links in cells if "<span lang=" in links
    }


def events_of(answer):
    """The events of an iCalendar file."""
    return list(Calendar.from_ical(answer.data).walk("VEVENT"))


def test_a_month_shows_every_day_of_a_workshop(make, client):
    times = {"starts": datetime(2031, 3, 30, 9), "ends": datetime(2031, 4, 3, 16)}
    make.workshop("Five days", kind="workshop", is_online=False, place={"en": "Amman"}, **times)
    make.workshop("One hour", starts=datetime(2031, 4, 2, 9), ends=datetime(2031, 4, 2, 10))
    make.workshop("Elsewhen", starts=datetime(2031, 6, 2, 9), ends=datetime(2031, 6, 2, 10))
    april = days_of(client.get("/en/calendar?month=2031-04"))
    assert april["2031-04-01"] == april["2031-04-03"] == ["Five days"]
    assert april["2031-04-02"] == ["Five days", "One hour"]
    assert "Elsewhen" not in str(april)


def test_an_hour_online_stands_on_the_readers_own_day(make, client, sign_in):
    make.workshop("Late", zone="America/New_York", starts=datetime(2031, 5, 1, 20), ends=datetime(2031, 5, 1, 22))
    reader = sign_in(make.member(zone="Asia/Amman"))
    assert days_of(reader.get("/en/calendar?month=2031-05")) == {"2031-05-02": ["Late"]}


@pytest.mark.parametrize(("region", "first"), [("JO", "Saturday"), ("LB", "Monday")])
def test_weeks_begin_as_in_the_readers_country(make, sign_in, region, first):
    town = make.municipality(country=region)
    page = sign_in(make.member(municipality=town)).get("/en/calendar?month=2031-05")
    assert re.findall(r'<th scope="col"[^>]*>([^<]+)</th>', page.text)[0] == first
    assert len(re.findall("<td", page.text)) % 7 == 0


@pytest.mark.parametrize("month", ["", "nonsense", "2031-13", "0000-01", "2031-05-01", "٢٠٣١-٠٥"])
def test_whatever_is_asked_shows_a_month(client, month):
    page = client.get("/en/calendar", query_string={"month": month})
    assert page.status_code == 200
    assert ("May 2031" in page.text) == (month == "٢٠٣١-٠٥")


@pytest.mark.parametrize("month", ["1000-01", "2999-12"])
def test_the_ends_of_the_calendar_lead_nowhere_further(client, month):
    page = client.get("/en/calendar", query_string={"month": month})
    assert page.status_code == 200 and len(re.findall('rel="(?:prev|next)" href="[^"]*month=', page.text)) == 1


def test_a_private_workshop_is_in_no_calendar_of_others(make, client, sign_in):
    member = make.member()
    space = make.space("private", members=[member])
    hidden = make.workshop("Hidden", space=space, starts=datetime(2031, 4, 2, 9))
    for guest in (client, sign_in(make.member())):
        assert "Hidden" not in guest.get("/en/calendar?month=2031-04").text
        assert "Hidden" not in guest.get("/en/calendar.ics").text
        assert guest.get(f"/en/workshops/{hidden.id}/calendar.ics").status_code == 404
    mine = sign_in(member)
    assert "Hidden" in mine.get("/en/calendar?month=2031-04").text
    file = mine.get(f"/en/workshops/{hidden.id}/calendar.ics")
    assert "Hidden" in file.text and file.headers["Cache-Control"] == "no-store"


def test_one_workshop_as_a_file(make, client):
    made = make.workshop("A webinar; with, signs (C4D)", starts=datetime(2031, 1, 7, 11))
    answer = client.get(f"/ar/workshops/{made.id}/calendar.ics")
    assert answer.mimetype == "text/calendar"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="multaqa-{made.id}.ics"'
    (event,) = events_of(answer)
    assert event["dtstart"].dt == moment(2031, 1, 7, 8) and event["dtend"].dt == moment(2031, 1, 7, 10)
    assert event["location"] == "عن بُعد"
    assert event["summary"] == "A webinar; with, signs (C4D)"
    assert event["url"].endswith(f"/ar/workshops/{made.id}")
    assert event["sequence"] == 0 and event["uid"].startswith(f"workshop-{made.id}@")
    again = client.get(f"/ar/workshops/{made.id}/calendar.ics", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_a_day_that_nobody_knows_any_more_is_in_no_calendar(make, client):
    made = make.workshop("About then", starts=datetime(2031, 4, 2, 9), is_date_approximate=True)
    assert client.get(f"/en/workshops/{made.id}/calendar.ics").status_code == 404
    assert days_of(client.get("/en/calendar?month=2031-04")) == {}


def test_the_feed_says_all_that_is_to_come_in_the_language_of_its_address(make, client):
    make.workshop("One")
    make.workshop("Two")
    for language in LANGUAGES:
        events = events_of(client.get(f"/{language}/calendar.ics"))
        assert [event["summary"] for event in events] == ["One", "Two"]
        assert all(f"/{language}/workshops/" in event["url"] for event in events)


@pytest.mark.parametrize(("path", "number"), [("/en/calendar", 1), ("/en/calendar.ics", 2)])
def test_the_calendar_costs_the_same_with_thirty(app, make, client, path, number):
    make.workshop()
    client.get(path)
    with statements(app) as few:
        client.get(path)
    for _ in range(29):
        make.workshop()
    with statements(app) as many:
        client.get(path)
    assert few.number == many.number == number
