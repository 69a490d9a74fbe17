"""Letters by the clock, through a real mail server: a week, a day and an hour before, each once; and when an event is
moved or called off, once, when the managers are done."""

from datetime import datetime, timedelta

import pytest
from icalendar import Calendar

from forum.core import clock, jobs
from forum.core.db import transaction
from forum.core.mail import post_letters
from forum.registering.actions import remind, tell_of_moves

LINK = "https://meet.example.org/mark-7351"
JOIN = "/join/"  # in the address of a way in
WALL = datetime(2031, 4, 15, 11)  # in Amman: 08:00 UTC
STARTS = datetime.fromisoformat("2031-04-15T08:00:00+00:00")


@pytest.fixture
def sending(make_app, post_office):
    """An application that sends."""
    return make_app(smtp_url=post_office.url)


@pytest.fixture
def at(sending, post_office):
    """`at(moment)`: what the clock brings about at that moment; [(to whom, subject)]."""

    def go(moment):
        already = len(post_office.letters)
        with clock.at(moment):
            for work in (remind, tell_of_moves):
                with sending.app_context(), transaction():
                    work()
            with sending.app_context():
                post_letters()
        return sorted((letter.to, letter.subject) for letter in post_office.letters[already:])

    return go


@pytest.fixture
def workshop(make):
    """Two hours in Amman, far from today."""
    made = make.workshop("Plans for towns", starts=WALL, ends=WALL + timedelta(hours=2))
    make.admission(made, link=LINK)
    return made


@pytest.fixture
def comes(make, workshop, sending, post_office):
    """`comes(email, …)`: a member who said yes a month before, and has had the letter about that."""

    def register(email, answer="yes", **member):
        made = make.member(email=email, **member)
        with clock.at(STARTS - timedelta(days=30)):
            make.registration(workshop, made, answer)
        with sending.app_context():
            jobs.work()
            post_letters()
        post_office.letters.clear()
        return made

    return register


@pytest.mark.parametrize(
    ("language", "subjects", "time"),
    [
        ("ar", ("بعد أسبوع: Plans for towns", "غدًا: Plans for towns", "بعد ساعة: Plans for towns"), "11:00"),
        ("en", ("In a week: Plans for towns", "Tomorrow: Plans for towns", "In an hour: Plans for towns"), "11:00"),
    ],
)
def test_a_week_a_day_an_hour_before_each_once(at, comes, post_office, language, subjects, time):
    comes("who@example.org", language=language, zone="Asia/Amman")
    assert at(STARTS - timedelta(days=8)) == []
    for before, subject in zip((timedelta(days=7), timedelta(days=1), timedelta(hours=1)), subjects, strict=True):
        assert at(STARTS - before) == [("who@example.org", subject)]
        letter = post_office.to("who@example.org")
        assert time in letter.text and JOIN in letter.text and JOIN in letter.html and LINK not in letter.text
        assert at(STARTS - before) == [] and at(STARTS - before + timedelta(minutes=5)) == []
    assert at(STARTS) == [] and at(STARTS + timedelta(hours=1)) == []


def test_the_time_is_the_readers_own(at, comes, post_office):
    comes("paris@example.org", language="fr", zone="Europe/Paris")
    at(STARTS - timedelta(days=1))
    assert "10:00" in post_office.to("paris@example.org").text


def test_a_server_that_slept_tells_the_nearest_only(at, comes):
    comes("who@example.org")
    assert [subject.split(":")[0] for _to, subject in at(STARTS - timedelta(minutes=30))] == ["In an hour"]
    assert at(STARTS - timedelta(minutes=29)) == []


def test_who_has_just_answered_is_not_reminded_of_what_they_know(make, at, comes, workshop, sending, post_office):
    late = make.member(email="late@example.org")
    with clock.at(STARTS - timedelta(days=3)):
        make.registration(workshop, late)
    with sending.app_context():
        jobs.work()
        post_letters()
    assert at(STARTS - timedelta(days=3) + timedelta(minutes=1)) == []
    assert [subject.split(":")[0] for _to, subject in at(STARTS - timedelta(days=1))] == ["Tomorrow"]


def test_only_the_confirmed_who_may_still_see_it_hear(make, at, comes, workshop):
    comes("maybe@example.org", answer="maybe")
    suspended = comes("suspended@example.org")
    make.suspend(suspended)
    comes("yes@example.org")
    assert [to for to, _subject in at(STARTS - timedelta(days=1))] == ["yes@example.org"]


def moved(client, workshop, **changes):
    """Send the event's form with other times."""
    held = client.get(f"/api/v1/workshops/{workshop.id}").json
    sent = {
        "kind": "webinar",
        "zone": "Asia/Amman",
        "starts": held["starts_wall"],
        "ends": held["ends_wall"],
        "titles": {"en": "Plans for towns"},
        "summaries": {"en": "What it is about."},
        "colour": "teal",
        "where": "online",
        "spoken": ["en"],
    }
    seen = {"If-Match": str(held["version"])}
    answer = client.json("PUT", f"/api/v1/workshops/{workshop.id}", sent | changes, headers=seen)
    assert answer.status_code == 200, answer.text


def test_other_times_are_told_once_when_the_managers_are_done(make, sign_in, at, comes, workshop, sending, post_office):
    comes("en@example.org")
    comes("ar@example.org", answer="maybe", language="ar")
    comes("no@example.org", answer="no")
    manager = sign_in(make.manager(), app=sending)
    began = clock.now()
    moved(manager, workshop, starts="2031-04-16T10:00", ends="2031-04-16T12:00")
    assert at(began + timedelta(minutes=5)) == []
    with clock.at(began + timedelta(minutes=6)):
        moved(manager, workshop, starts="2031-04-16T12:00", ends="2031-04-16T14:00")
    assert at(began + timedelta(minutes=12)) == []
    assert at(began + timedelta(minutes=17)) == [
        ("ar@example.org", "موعد جديد: Plans for towns"),
        ("en@example.org", "Moved: Plans for towns"),
    ]
    assert at(began + timedelta(minutes=18)) == [] and at(began + timedelta(days=1)) == []
    letter = post_office.to("en@example.org")
    assert "12:00" in letter.text and JOIN in letter.text
    assert JOIN not in post_office.to("ar@example.org").text, "maybe is no place"
    [event] = event_in(letter)
    assert event["UID"].startswith(f"workshop-{workshop.id}@") and event["STATUS"] == "CONFIRMED"
    assert event["DTSTART"].dt.isoformat() == "2031-04-16T09:00:00+00:00"
    assert event["SEQUENCE"] == 2


def event_in(letter):
    """The events of the calendar file that came along."""
    [file] = list(letter.message.iter_attachments())
    assert (file.get_content_type(), file.get_filename()) == ("text/calendar", "event.ics")
    return Calendar.from_ical(file.get_content()).walk("VEVENT")


def test_words_that_change_are_no_move(make, sign_in, at, comes, workshop, sending):
    comes("who@example.org")
    began = clock.now()
    moved(sign_in(make.manager(), app=sending), workshop, summaries={"en": "Other words."})
    assert at(began + timedelta(hours=1)) == []


def test_cancelled_and_on_again_are_told_once_each(make, sign_in, client, at, comes, workshop, sending, post_office):
    member = comes("who@example.org")
    manager = sign_in(make.manager(), app=sending)
    began = clock.now()
    path = f"/en/workshops/{workshop.id}/cancellation"
    assert "gets one letter" in manager.get(path).text
    assert manager.form(path, {"reason": "x" * 601}, method="PUT").status_code == 422
    assert manager.form(path, {"reason": "The hall has no power."}, method="PUT").status_code == 303
    assert manager.form(path, {"reason": "Again."}, method="PUT").status_code == 303
    assert at(began + timedelta(minutes=11)) == [("who@example.org", "Cancelled: Plans for towns")]
    letter = post_office.to("who@example.org")
    assert "The hall has no power." in letter.text and JOIN not in letter.text
    assert event_in(letter)[0]["STATUS"] == "CANCELLED"
    page = client.get(f"/en/workshops/{workshop.id}").text
    assert "This event is cancelled." in page and "The hall has no power." in page and "Confirm interest" not in page
    assert "STATUS:CANCELLED" in client.get(f"/en/workshops/{workshop.id}/calendar.ics").text
    shape = client.get(f"/api/v1/workshops/{workshop.id}").json
    assert shape["cancelled_at"] and shape["cancel_reason"] == "The hall has no power."
    refused = sign_in(member).json("PUT", f"/api/v1/workshops/{workshop.id}/registration", {"answer": "no"})
    assert refused.status_code == 422 and "cancelled" in refused.json["error"]["message"]
    assert at(STARTS - timedelta(days=1)) == [], "nobody is reminded of it"
    restored = clock.now()
    assert manager.form(path, method="DELETE").status_code == 303
    assert at(restored + timedelta(minutes=11)) == [("who@example.org", "It takes place after all: Plans for towns")]
    assert at(restored + timedelta(minutes=12)) == []


def test_who_answers_after_a_move_is_not_told_of_it(make, sign_in, at, workshop, sending, post_office):
    began = clock.now()
    moved(sign_in(make.manager(), app=sending), workshop, starts="2031-04-16T10:00", ends="2031-04-16T12:00")
    make.registration(workshop, make.member(email="new@example.org"))
    with sending.app_context():
        jobs.work()
        post_letters()
    assert at(began + timedelta(hours=1)) == []


def test_what_is_over_cannot_be_cancelled(make, sign_in):
    workshop = make.workshop(starts=datetime(2018, 3, 19, 9), ends=datetime(2018, 3, 19, 11))
    refused = sign_in(make.manager()).form(f"/en/workshops/{workshop.id}/cancellation", {}, method="PUT")
    assert refused.status_code == 409 and "This event is over." in refused.text
