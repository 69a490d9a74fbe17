"""The job library and its queue: embedded, through Redis, and away."""

import socket
from datetime import timedelta

import pytest
from huey import RedisHuey, SqliteHuey
from sqlalchemy import select

from forum.core import clock, jobs, limits
from forum.core.db import db, transaction
from forum.core.events import OutboxRow
from forum.core.limits import Counter
from forum.notifications.models import Notice
from tests.services import redis_database


@pytest.fixture
def closed_port() -> int:
    """A port on which nobody answers."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


def test_the_embedded_queue_is_a_file_of_its_own_that_survives_a_crash(app, settings):
    queue = app.extensions["jobs"].huey
    assert isinstance(queue, SqliteHuey)
    assert queue.storage.filename.startswith(str(settings.data_folder))
    assert queue.storage.filename != settings.database_url.removeprefix("sqlite:///")
    assert queue.storage.conn.execute("PRAGMA synchronous").fetchone() == (2,)


def test_through_redis_another_process_does_the_work(make_app, make, redis_url):
    url = redis_database(redis_url, 7)
    asking, working = make_app(redis_url=url), make_app(redis_url=url)
    assert isinstance(asking.extensions["jobs"].huey, RedisHuey)
    follower = make.member()
    topic = make.topic()
    make.follow(topic, follower)
    make.app = asking
    make.reply(topic)
    with asking.app_context():
        jobs.current_jobs().flush()
    with working.app_context():
        assert jobs.work() >= 1
        assert db.session.execute(select(Notice.member_id, Notice.count)).all() == [(follower.id, 1)]


def test_with_the_queue_away_posting_goes_on_and_the_sweeper_brings_it_later(make_app, make, app, closed_port):
    topic, follower = make.topic(), make.member()
    make.follow(topic, follower)
    away = make_app(redis_url=f"redis://127.0.0.1:{closed_port}/0")
    make.app = away
    make.reply(topic, "still here")
    with away.app_context():
        away.extensions["jobs"].flush()
    with app.app_context():
        assert set(db.session.scalars(select(OutboxRow.handed_at))) == {None}
        with clock.at(clock.now() + timedelta(minutes=1)):
            jobs.current_jobs().sweep()
        jobs.work()
        assert db.session.scalars(select(Notice.member_id)).all() == [follower.id]


def test_the_clock_starts_what_wiring_lists(app):
    names = {task.name for task in app.extensions["jobs"].huey._registry.periodic_tasks}
    assert names >= {"sweep", "forget_old", "forget_letters", "forget_tokens", "post_letters_by_the_clock"}


def test_the_clock_drops_windows_that_are_over(app):
    with app.app_context():
        with transaction():
            limits.count("old", window=timedelta(minutes=15))
        with clock.at(clock.now() + timedelta(hours=1)):
            with transaction():
                limits.count("new", window=timedelta(minutes=15))
            task = next(t for t in app.extensions["jobs"].huey._registry.periodic_tasks if t.name == "forget_old")
            task.execute()
        db.session.rollback()
        assert db.session.scalars(select(Counter.name)).all() == ["new"]
