"""Facts: together with the write or not at all, at once but harmless, later at least once."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from forum.core import clock, events, jobs
from forum.core.db import db, transaction
from forum.core.events import OutboxRow, fact
from forum.core.jobs import RETRIES, ParkedJob, current_jobs
from forum.members import actions as members
from forum.members.models import Member
from forum.notifications.models import Notice
from forum.topics.events import PostAdded


@fact
class BridgeBuilt:
    """A fact of these tests."""

    bridge_id: int


@fact
class RoadOpened:
    """Another one."""

    road_id: int


@pytest.fixture
def wired(make_app):
    """`wired(together=[…], at_once=[…], later=[…])`: an application where BridgeBuilt has these listeners."""

    def wire(*, together=(), at_once=(), later=(), more=None):
        app = make_app()
        queue = app.extensions["jobs"]
        events.init_app(
            app,
            together={BridgeBuilt: together, **(more or {})},
            at_once={BridgeBuilt: at_once},
            later={BridgeBuilt: later} if later else {},
            hand_over=queue.hand_over,
        )
        return app

    return wire


def build(number: int = 7) -> None:
    """Something that is written, and its fact."""
    with transaction():
        members.add_member(
            email=f"{number}@example.org",
            password="a good password",
            display_name="A",
            name_language="en",
            language="en",
            zone="UTC",
        )
        events.record(BridgeBuilt(number))


def count(model: type) -> int:
    """How many rows there are."""
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model))


def test_together_failing_takes_the_write_back(wired):
    def fails(_happened):
        raise LookupError("no")

    heard = []
    app = wired(together=[fails], at_once=[heard.append], later=[heard.append])
    with app.app_context():
        with pytest.raises(LookupError):
            build()
        assert (count(Member), count(OutboxRow), heard) == (0, 0, [])


def test_together_may_record_facts_of_its_own_and_they_are_heard(wired):
    heard = []
    app = wired(
        together=[lambda happened: events.record(RoadOpened(happened.bridge_id + 1))], more={RoadOpened: [heard.append]}
    )
    with app.app_context():
        build()
    assert heard == [RoadOpened(8)]


def test_at_once_is_heard_after_the_commit_and_one_failing_stops_nobody(wired):
    heard = []

    def fails(_happened):
        raise LookupError("no")

    def looks(happened):
        heard.append((happened, count(Member)))

    app = wired(at_once=[fails, looks])
    with app.app_context():
        build()
        assert heard == [(BridgeBuilt(7), 1)]
        assert count(Member) == 1


def test_later_waits_in_the_outbox_and_is_heard_when_the_queue_works(wired):
    heard = []
    app = wired(later=[heard.append])
    with app.app_context():
        build()
        row = db.session.scalars(select(OutboxRow)).one()
        assert (row.name, row.version, row.payload, row.handed_at, heard) == (
            "BridgeBuilt",
            1,
            {"bridge_id": 7},
            None,
            [],
        )
        assert jobs.work() == 1
        assert heard == [BridgeBuilt(7)]
        db.session.expire_all()
        assert db.session.scalars(select(OutboxRow)).one().handed_at is not None
        assert jobs.work() == 0


def test_a_fact_that_nobody_hears_later_leaves_no_row(wired):
    app = wired(at_once=[lambda _happened: None])
    with app.app_context():
        build()
        assert count(OutboxRow) == 0


def test_many_facts_travel_in_one_job(wired):
    heard = []
    app = wired(later=[heard.append])
    with app.app_context():
        with transaction():
            for number in range(5):
                events.record(BridgeBuilt(number))
        assert jobs.work() == 1
    assert heard == [BridgeBuilt(number) for number in range(5)]


def test_the_sweeper_hands_over_what_a_crash_left_behind(wired):
    heard = []
    app = wired(later=[heard.append])
    with app.app_context():
        build()
        queue = current_jobs()
        queue.waiting.clear()  # the process dies between the commit and the handing over
        assert jobs.work() == 0
        queue.sweep()
        assert (jobs.work(), heard) == (0, [])  # young rows may still be on their way
        with clock.at(clock.now() + timedelta(minutes=1)):
            queue.sweep()
            assert jobs.work() == 1
        assert heard == [BridgeBuilt(7)]
        with clock.at(clock.now() + timedelta(minutes=2)):
            queue.sweep()
            assert jobs.work() == 0


def test_the_sweeper_forgets_what_was_handed_over_long_ago(wired):
    app = wired(later=[lambda _happened: None])
    with app.app_context():
        build()
        jobs.work()
        with clock.at(clock.now() + timedelta(days=6)):
            current_jobs().sweep()
            assert count(OutboxRow) == 1
        with clock.at(clock.now() + timedelta(days=8)):
            current_jobs().sweep()
            assert count(OutboxRow) == 0


def test_a_poison_job_is_tried_again_then_parked_and_the_queue_moves_on(wired):
    tried, heard = [], []

    def poison(happened):
        tried.append(happened)
        raise LookupError("never")

    app = wired(later=[poison, heard.append])
    with app.app_context():
        build()
        jobs.work()
        assert heard == [BridgeBuilt(7)]
        tries_at_first = len(tried)
        queue = current_jobs()
        assert queue.huey.scheduled_count() == 1
        row = db.session.scalars(select(OutboxRow)).one()
        for tries in range(1, RETRIES):
            queue.retry(row.id, "poison", tries)
            jobs.work()
            assert (count(ParkedJob), queue.huey.scheduled_count()) == (0, tries + 1)
        queue.retry(row.id, "poison", RETRIES)
        db.session.rollback()
        parked = db.session.scalars(select(ParkedJob)).one()
        assert (parked.outbox_id, parked.listener) == (row.id, "poison")
        assert "never" in parked.error
        assert len(tried) == tries_at_first + RETRIES
        build(8)
        jobs.work()
        assert heard == [BridgeBuilt(7), BridgeBuilt(8)]


def test_a_listener_that_fails_writes_nothing(wired):
    def half(_happened):
        members.add_member(
            email="half@example.org",
            password="a good password",
            display_name="Half",
            name_language="en",
            language="en",
            zone="UTC",
        )
        raise LookupError("in the middle")

    app = wired(later=[half])
    with app.app_context():
        build()
        jobs.work()
        assert db.session.scalars(select(Member.email)).all() == ["7@example.org"]


@pytest.mark.parametrize(("name", "payload"), [("OfAnotherRelease", {}), ("BridgeBuilt", {"span_id": 1})])
def test_an_unknown_fact_is_parked_and_the_others_are_heard(wired, name, payload):
    heard = []
    app = wired(later=[heard.append])
    with app.app_context():
        with transaction() as session:
            session.add(OutboxRow(name=name, version=9, payload=payload, recorded_at=clock.now()))
        build()
        with clock.at(clock.now() + timedelta(minutes=1)):
            current_jobs().sweep()
        jobs.work()
        assert set(heard) == {BridgeBuilt(7)}
        assert db.session.scalars(select(ParkedJob.listener)).one() == ""


def test_hearing_twice_tells_once(app, make, work):
    topic, follower = make.topic(), make.member()
    work()
    make.follow(topic, follower)
    make.reply(topic)
    work()
    with app.app_context():
        told = select(Notice.member_id, Notice.count)
        assert db.session.execute(told).all() == [(follower.id, 1)]
        ids = list(db.session.scalars(select(OutboxRow.id)))
        for _ in range(2):
            current_jobs().deliver(ids)
        assert db.session.execute(told).all() == [(follower.id, 1)]


def test_a_reply_is_told_by_the_action_whatever_the_face(app, make):
    topic = make.topic()
    post = make.reply(topic)
    with app.app_context():
        facts = [row.fact() for row in db.session.scalars(select(OutboxRow).order_by(OutboxRow.id))]
    assert facts == [PostAdded(topic.post.id), PostAdded(post.id)]
