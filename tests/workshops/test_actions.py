"""Announcing workshops and starting topics in them."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from forum.core import clock
from forum.core.db import db
from forum.core.errors import Conflict, Forbidden, Invalid, NotFound
from forum.core.languages import LANGUAGES
from forum.core.reader import GUEST
from forum.workshops import actions, queries
from forum.workshops.actions import WorkshopPlan
from forum.workshops.models import Workshop, WorkshopKind, WorkshopTopic
from tests.making import moment

SAID = dict.fromkeys(LANGUAGES, "Said")


def plan(**changes):
    """A plan of two hours, changed."""
    given = {
        "kind": WorkshopKind.WEBINAR,
        "zone": "Asia/Amman",
        "starts": datetime(2030, 1, 7, 11),
        "ends": datetime(2030, 1, 7, 13),
        "is_online": True,
        "colour": "teal",
        "title": SAID,
        "summary": SAID,
        "words": SAID,
    }
    return WorkshopPlan(**(given | changes))


def test_moments_are_kept_in_utc_and_the_wall_time_beside(app, make):
    space = make.public()
    with make.writing():
        id = actions.add_workshop(plan(zone="Europe/Paris"), space_id=space.id, by=None).id
    with app.app_context():
        kept = db.session.get_one(Workshop, id)
        assert kept.starts_at == moment(2030, 1, 7, 10) and kept.starts_wall == "2030-01-07T11:00"
        assert kept.zone == "Europe/Paris"


@pytest.mark.parametrize(
    ("zone", "starts", "field"),
    [
        ("Asia/Beirut", datetime(2026, 3, 29, 0, 30), "starts"),
        ("Asia/Beirut", datetime(2026, 3, 28, 23, 30), "ends"),
        ("Europe/Paris", datetime(2026, 3, 29, 2, 15), "starts"),
        ("Africa/Casablanca", datetime(2026, 3, 22, 2, 30), "starts"),
    ],
)
def test_a_wall_time_that_does_not_exist_is_refused_and_named(make, zone, starts, field):
    space = make.public()
    with pytest.raises(Invalid) as refused, make.writing():
        actions.add_workshop(
            plan(zone=zone, starts=starts, ends=starts + timedelta(hours=1)), space_id=space.id, by=None
        )
    assert list(refused.value.fields) == [field] and "does not exist" in refused.value.fields[field]


def test_it_must_end_after_it_begins_and_wear_one_of_the_colours(make):
    space = make.public()
    for changes, field in (({"ends": datetime(2030, 1, 7, 11)}, "ends"), ({"colour": "red"}, "colour")):
        with pytest.raises(Invalid) as refused, make.writing():
            actions.add_workshop(plan(**changes), space_id=space.id, by=None)
        assert list(refused.value.fields) == [field]


@pytest.mark.parametrize("role", [None, "translator", "moderator", "manager", "admin"])
def test_managers_and_admins_announce(make, role):
    space, reader = make.public(), make.reader(make.member(roles=[role] if role else []))
    if role in ("manager", "admin"):
        with make.writing():
            assert actions.add_workshop(plan(), space_id=space.id, by=reader).id
    else:
        with pytest.raises(Forbidden), make.writing():
            actions.add_workshop(plan(), space_id=space.id, by=reader)


def test_a_workshop_does_not_prepare_itself_and_a_link_twice_is_one(app, make):
    first, second = make.workshop(), make.workshop()
    make.link(first, prepares=second)
    make.link(first, prepares=second)
    with app.app_context():
        assert len(queries.prepared_by(first.id, reader=GUEST, language="en")) == 1
    with pytest.raises(Invalid):
        make.link(first, prepares=first)


@pytest.mark.parametrize(
    ("at", "phase"),
    [
        (moment(2030, 1, 7, 7, 59), "before"),
        (moment(2030, 1, 7, 8, 0), "during"),
        (moment(2030, 1, 7, 10, 0), "during"),
        (moment(2030, 1, 7, 10, 1), "after"),
    ],
)
def test_the_clock_chooses_the_phase(app, make, at, phase):
    workshop = make.workshop(starts=datetime(2030, 1, 7, 11))
    with clock.at(at):
        topic = make.topic(workshop=workshop)
    with app.app_context():
        assert db.session.scalar(select(WorkshopTopic.phase).where(WorkshopTopic.topic_id == topic.id)) == phase


def test_the_topic_lives_in_the_workshops_space(app, make):
    inside = make.member()
    space = make.space("private", members=[inside])
    workshop = make.workshop(space=space)
    topic = make.topic(workshop=workshop, author=inside)
    assert topic.space_id == space.id
    with app.app_context():
        with pytest.raises(NotFound):
            queries.get_workshop(workshop.id, reader=GUEST, language="en")


def test_who_lost_the_space_after_opening_the_form_starts_nothing(app, make):
    inside = make.member()
    space = make.space("private", members=[inside])
    workshop = make.workshop(space=space)
    reader = make.reader(inside)
    with app.app_context():
        seen = queries.get_workshop(workshop.id, reader=reader, language="en")
    make.remove_from_space(space, inside)
    with pytest.raises(NotFound), make.writing():
        actions.start_topic(seen, author=reader, title="Late", words="Too late")


def test_the_same_key_twice_is_one_topic_and_one_place(app, make):
    workshop, author = make.workshop(), make.member()
    first = make.topic("Water", workshop=workshop, author=author, key="one")
    second = make.topic("Water", workshop=workshop, author=author, key="one")
    assert first.id == second.id
    with pytest.raises(Conflict):
        make.topic("Fire", workshop=workshop, author=author, key="one")
    with app.app_context():
        assert len(db.session.scalars(select(WorkshopTopic)).all()) == 1
