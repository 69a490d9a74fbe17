"""Transactions: all or nothing, one at a time, never "locked"; moments are alike on both databases."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from forum.core import clock, limits
from forum.core.db import Moment, db, transaction
from forum.core.limits import Counter
from forum.members import actions as members
from forum.members.models import Member, ReadingLanguage

ROOT = Path(__file__).resolve().parents[2]
WINDOW = timedelta(days=1)


def add_member(email: str) -> None:
    """A member, as an action would."""
    members.add_member(
        email=email, password="a good password", display_name="A", name_language="en", language="en", zone="UTC"
    )


def test_a_transaction_writes_all_or_nothing(app):
    with app.app_context():
        with pytest.raises(ZeroDivisionError), transaction():
            add_member("one@example.org")
            add_member("two@example.org")
            _ = 1 / 0
        assert db.session.scalar(select(func.count()).select_from(Member)) == 0
        with transaction():
            add_member("one@example.org")
        assert db.session.scalars(select(Member.email)).all() == ["one@example.org"]
        assert db.session.scalar(select(func.count()).select_from(ReadingLanguage)) == 1


def test_facts_of_a_failed_transaction_are_forgotten(app):
    with app.app_context():
        with pytest.raises(ZeroDivisionError), transaction() as session:
            add_member("one@example.org")
            assert session.info["facts"]
            _ = 1 / 0
        assert session.info == {}


def test_a_transaction_inside_a_transaction_is_refused(app):
    with app.app_context():
        with transaction():
            with pytest.raises(RuntimeError, match="already open"), transaction():
                pass
            add_member("outer@example.org")
        assert db.session.scalars(select(Member.email)).all() == ["outer@example.org"]
        with transaction():  # and the next one is as good as the first
            add_member("next@example.org")


def test_what_another_wrote_is_seen_after_the_next_transaction_begins(app):
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Member)) == 0
        with app.app_context(), transaction():
            add_member("one@example.org")
        with transaction():
            assert db.session.scalar(select(func.count()).select_from(Member)) == 1


def test_moments_are_aware_and_in_utc(app):
    amman = timezone(timedelta(hours=3))
    with app.app_context(), transaction() as session:
        moment = datetime(2026, 11, 23, 1, 30, 0, 123456, tzinfo=amman)
        session.add(Counter(name="a", began_at=moment, count=1, ends_at=moment))
        session.flush()
        session.expire_all()
        row = session.scalars(select(Counter)).one()
        assert row.began_at == moment
        assert row.began_at.tzinfo is UTC
        assert session.execute(text("SELECT began_at FROM counters")).scalar_one() in (
            "2026-11-22 22:30:00.123456",
            datetime(2026, 11, 22, 22, 30, 0, 123456),
        )


def test_a_moment_without_zone_is_a_mistake():
    with pytest.raises(ValueError, match="zone"):
        Moment().process_bind_param(datetime(2026, 11, 23), None)


def test_the_clock_can_be_set_and_comes_back():
    then = datetime(2018, 3, 19, 9, 0, tzinfo=timezone(timedelta(hours=2)))
    with clock.at(then):
        assert clock.now() == then
        assert clock.now().utcoffset() == timedelta(0)
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(minutes=1)


def test_foreign_keys_hold(app):
    with app.app_context():
        with pytest.raises(IntegrityError), transaction() as session:
            session.add(ReadingLanguage(member_id=77, position=1, language="ar"))
            session.flush()


def test_sqlite_is_durable_and_never_waits_by_itself(app, database_kind):
    with app.app_context():
        if database_kind == "sqlite":
            wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 0}
            found = {name: db.session.execute(text(f"PRAGMA {name}")).scalar_one() for name in wanted}
            assert found == wanted
        else:
            assert db.session.execute(text("SHOW transaction_isolation")).scalar_one() == "read committed"


def test_eight_writers_at_once_all_succeed(app):
    def write(number: int) -> None:
        for _ in range(25):
            with app.app_context(), transaction():
                limits.count("together", window=WINDOW)
                limits.count(f"alone {number}", window=WINDOW)

    with ThreadPoolExecutor(8) as pool:
        for done in [pool.submit(write, number) for number in range(8)]:
            done.result()
    with app.app_context():
        assert limits.so_far("together", window=WINDOW) == 200
        assert [limits.so_far(f"alone {number}", window=WINDOW) for number in range(8)] == [25] * 8


WRITER = """
import sys
from datetime import timedelta
from forum import create_app
from forum.core import limits
from forum.core.db import transaction
app = create_app()
for _ in range(40):
    with app.app_context(), transaction():
        limits.count("together", window=timedelta(days=1))
"""


def test_writers_in_several_processes_all_succeed(app, settings):
    environment = {"MODE": "test", "DATABASE_URL": settings.database_url, "DATA_FOLDER": str(settings.data_folder)}
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER], cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    errors = [writer.communicate(timeout=60)[1] for writer in writers]
    assert [writer.returncode for writer in writers] == [0, 0, 0], errors
    with app.app_context():
        assert limits.so_far("together", window=WINDOW) == 120
