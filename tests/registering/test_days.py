"""An event of several days: whoever has a place gets a letter an hour before each later day begins, through a real mail
server, each once."""

from datetime import datetime, timedelta

import pytest

from forum.core import clock, jobs
from forum.core.db import db, transaction
from forum.core.mail import post_letters
from forum.registering.actions import remind, remind_of_days
from forum.workshops.actions import SessionPlan, cancel_workshop, change_session
from forum.workshops.models import Workshop
from tests.registering.test_reminding import LINK

FIRST = datetime(2031, 4, 15, 9)  # in Amman; 06:00 UTC
STARTS = datetime.fromisoformat("2031-04-15T06:00:00+00:00")
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture
def sending(make_app, post_office):
    """An application that sends."""
    return make_app(smtp_url=post_office.url)


@pytest.fixture
def workshop(make):
    """Four days in Amman: two sessions on the second, one late on the third, none on the fourth."""
    made = make.workshop("Plans", kind="workshop", starts=FIRST, ends=FIRST + timedelta(days=3, hours=8))
    for title, starts in (
        ("Opening", FIRST),
        ("Maps", FIRST + DAY),
        ("Money", FIRST + DAY + 3 * HOUR),
        ("Walk", FIRST + 2 * DAY + 6 * HOUR),
    ):
        made_id = make.session(made, title, starts=starts, minutes=60)
        setattr(make, title.lower(), made_id)
    make.admission(made, link=LINK)
    return made


@pytest.fixture
def at(sending, post_office):
    """`at(moment)`: what the clock brings about at that moment; [(to whom, subject)]."""

    def go(moment):
        already = len(post_office.letters)
        with clock.at(moment):
            for work in (remind, remind_of_days):
                with sending.app_context(), transaction():
                    work()
            with sending.app_context():
                post_letters()
        return sorted((letter.to, letter.subject) for letter in post_office.letters[already:])

    return go


@pytest.fixture
def comes(make, workshop, sending, post_office):
    """`comes(email, …)`: a member who answered a month before, and has had the letter about that."""

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


def told_before(at):
    """The letters of the first day are out."""
    at(STARTS - timedelta(minutes=30))


@pytest.mark.parametrize(
    ("language", "subject", "says"),
    [
        ("ar", "بعد ساعة: Plans", "تتواصل"),
        ("en", "In an hour: Plans", "goes on with"),
        ("fr", "Dans une heure", "se poursuit"),
        ("tr", "Bir saat sonra", "sürüyor"),
    ],
)
def test_an_hour_before_each_later_day_once(at, comes, post_office, language, subject, says):
    comes("who@example.org", language=language, zone="Asia/Amman")
    told_before(at)
    for quiet in (timedelta(days=-7), timedelta(), DAY - DAY / 2, DAY - HOUR - timedelta(minutes=1)):
        assert at(STARTS + quiet) == []
    [(to, said)] = at(STARTS + DAY - HOUR)
    letter = post_office.letters[-1]
    assert to == "who@example.org" and subject in said and says in letter.text
    assert "Maps" in letter.text and "9:00" in letter.text and "/join/" in letter.text and LINK not in letter.html
    for quiet in (DAY - HOUR, DAY, DAY + 2 * HOUR, 2 * DAY - HOUR):
        assert at(STARTS + quiet) == [], "once, for the first session of the day alone"
    assert len(at(STARTS + 2 * DAY + 5 * HOUR)) == 1 and "Walk" in post_office.letters[-1].text
    assert at(STARTS + 3 * DAY - HOUR) == [], "a day without a session"


def move(make, workshop, session_id, starts):
    """A manager has a session begin at another time."""
    with make.writing():
        row = db.session.get_one(Workshop, workshop.id)
        plan = SessionPlan(title={"en": "Moved"}, starts=starts, ends=starts + timedelta(hours=1))
        change_session(row, session_id, plan, by=None)


def test_a_session_that_is_moved_is_not_told_of_twice(make, at, comes, workshop):
    comes("who@example.org")
    told_before(at)
    assert len(at(STARTS + DAY - HOUR)) == 1
    move(make, workshop, make.maps, FIRST + DAY + 2 * HOUR)
    assert at(STARTS + DAY + HOUR) == []
    move(make, workshop, make.walk, FIRST + 2 * DAY + 4 * HOUR)
    assert len(at(STARTS + 2 * DAY + 3 * HOUR)) == 1, "moved before anybody was told of it"


def test_only_the_confirmed_who_see_it_hear_and_of_what_takes_place(make, at, comes, workshop):
    comes("maybe@example.org", answer="maybe")
    gone = comes("suspended@example.org")
    make.suspend(gone)
    comes("yes@example.org")
    told_before(at)
    assert [to for to, _subject in at(STARTS + DAY - HOUR)] == ["yes@example.org"]
    manager = make.reader(make.manager())
    with make.writing():
        cancel_workshop(db.session.get_one(Workshop, workshop.id), reason="", by=manager)
    assert at(STARTS + 2 * DAY + 5 * HOUR) == []


def test_who_comes_in_the_last_hour_has_just_had_a_letter(make, at, workshop, comes):
    comes("early@example.org")
    told_before(at)
    late = make.member(email="late@example.org")
    with clock.at(STARTS + DAY - timedelta(minutes=20)):
        make.registration(workshop, late)
    assert [to for to, subject in at(STARTS + DAY - timedelta(minutes=10)) if "hour" in subject] == [
        "early@example.org"
    ]
