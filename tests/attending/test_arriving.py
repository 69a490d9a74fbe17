"""Who was there: by one tap while the doors are open, or noted by staff."""

from datetime import timedelta

import pytest

from forum.attending import actions, queries
from forum.attending.models import Attendance
from forum.core import clock
from forum.core.db import db
from forum.core.errors import Conflict, Forbidden, NotFound
from forum.registering import actions as registering
from forum.registering import queries as registering_read
from forum.workshops import queries as workshops


@pytest.fixture
def event(make):
    """A webinar tomorrow, for two hours."""
    return make.workshop("Water in summer")


def tap(make, event, member, action=actions.arrive, *, after=timedelta()):
    """One tap, so long after the beginning."""
    reader = make.reader(member)
    with make.app.app_context():
        starts = workshops.get_row(event.id).starts_at
    with clock.at(starts + after), make.writing():
        action(workshops.get_row(event.id), by=reader)


def note(make, event, action, *, by=None, **who):
    """Staff notes something."""
    reader = make.reader(by or make.manager())
    with make.writing():
        action(workshops.get_row(event.id), by=reader, **who)


def here(app, event):
    """How many, and [(name, how we know)]."""
    with app.app_context():
        rows = queries.all_attended(event.id, "en")
        assert queries.count_here(event.id) == len(rows)
        return [(row.name, row.presence) for row in rows]


def guest_of(make, event, email="guest@example.org", name="A Guest"):
    """A guest who registered by e-mail; the registration's id."""
    with make.writing():
        row = workshops.get_row(event.id)
        asked = registering.ask_guest(
            row, registering.Given("yes"), registering.Guest(email, name, "en"), address="127.0.0.1"
        )
        return registering.take_guest(row, asked).id


def test_one_tap_while_the_doors_are_open(app, make, event):
    rana = make.member("Rana")
    for minutes in (-31, 241):
        with pytest.raises(Conflict):
            tap(make, event, rana, after=timedelta(minutes=minutes))
    for minutes in (-30, 0, 240):
        tap(make, event, rana, after=timedelta(minutes=minutes))
    assert here(app, event) == [("Rana", "tap")]
    tap(make, event, rana, actions.leave)
    assert here(app, event) == []


def test_a_tap_from_two_phones_counts_once(app, make, event):
    rana = make.member("Rana")
    tap(make, event, rana)
    tap(make, event, rana)
    assert here(app, event) == [("Rana", "tap")]


def test_nobody_is_there_where_it_was_called_off(make, event):
    with make.writing():
        workshops.get_row(event.id).cancelled_at = clock.now()
    with pytest.raises(Conflict):
        tap(make, event, make.member())


def test_staff_notes_anybody_at_any_time_and_takes_them_off(app, make, event):
    rana, moderator = make.member("Rana"), make.member(roles=["moderator"])
    note(make, event, actions.note_member, by=moderator, member_id=rana.id)
    note(make, event, actions.note_member, by=moderator, member_id=rana.id)
    assert here(app, event) == [("Rana", "staff")]
    with pytest.raises(Forbidden):
        tap(make, event, rana, actions.leave)
    note(make, event, actions.take_off_member, by=moderator, member_id=rana.id)
    assert here(app, event) == []
    for action in (actions.note_member, actions.take_off_member):
        with pytest.raises(Forbidden):
            note(make, event, action, by=rana, member_id=moderator.id)
    with pytest.raises(NotFound):
        note(make, event, actions.note_member, member_id=999_999)


def test_staff_notes_guests_and_members_from_the_list_of_the_registered(app, make, event):
    rana = make.member("Rana")
    of_member, of_guest = make.registration(event, rana), guest_of(make, event)
    with app.app_context():
        assert [row.name for row in queries.expected(event.id, "en").items] == ["Rana", "A Guest"]
    for one in (of_member, of_guest, of_guest):
        note(make, event, actions.note_guest, registration_id=one)
    assert here(app, event) == [("Rana", "staff"), ("A Guest", "staff")]
    with app.app_context():
        assert queries.expected(event.id, "en").items == [] and queries.members_here(event.id) == [rana.id]
    with pytest.raises(NotFound):
        note(make, make.workshop(), actions.note_guest, registration_id=of_guest)
    for one in (of_member, of_guest):
        note(make, event, actions.take_off_guest, registration_id=one)
    assert here(app, event) == []


def test_a_guest_who_became_a_member_was_there_once(app, make, event):
    note(make, event, actions.note_guest, registration_id=guest_of(make, event))
    member = make.member("The Guest", email="guest@example.org")
    make.registration(event, member, question="And now?")
    assert here(app, event) == [("The Guest", "staff")]
    with app.app_context():
        assert registering_read.find_of_member(event.id, member.id).email is None
        assert db.session.query(Attendance).one().member_id == member.id
