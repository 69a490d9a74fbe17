"""How often: counters in fixed windows, kept in the database, so they survive a restart and all workers share them."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from flask import current_app
from sqlalchemy import String, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from forum.core import clock
from forum.core.db import Moment, db, insert
from forum.core.errors import TooMany


class Counter(db.Model):
    """How often something happened since the window began."""

    __tablename__ = "counters"

    name: Mapped[str] = mapped_column(String(160), primary_key=True)
    began_at: Mapped[datetime] = mapped_column(Moment, primary_key=True)
    count: Mapped[int]
    ends_at: Mapped[datetime] = mapped_column(Moment, index=True)


def window_of(window: timedelta) -> datetime:
    """When the window that is running began."""
    seconds = int(window.total_seconds())
    return datetime.fromtimestamp(int(clock.now().timestamp()) // seconds * seconds, UTC)


def count(name: str, *, window: timedelta) -> int:
    """Count one more, in the running transaction, and say how many that makes in this window."""
    began = window_of(window)
    row = insert(Counter).values(name=name[:160], began_at=began, count=1, ends_at=began + window)
    row = row.on_conflict_do_update(index_elements=["name", "began_at"], set_={"count": Counter.count + 1})
    return db.session.scalar(row.returning(Counter.count)) or 1


def count_all(windows: Mapping[str, timedelta]) -> dict[str, int]:
    """Count one more of each name, in one statement of the running transaction; says how many that makes."""
    began = {name: window_of(windows[name]) for name in sorted(windows)}  # sorted: two writers never wait in a circle
    rows = [{"name": n[:160], "began_at": at, "count": 1, "ends_at": at + windows[n]} for n, at in began.items()]
    row = insert(Counter).values(rows)
    row = row.on_conflict_do_update(index_elements=["name", "began_at"], set_={"count": Counter.count + 1})
    return {
        row.name: row.count_now
        for row in db.session.execute(row.returning(Counter.name, Counter.count.label("count_now")))
    }


def so_far(name: str, *, window: timedelta) -> int:
    """How many there were in this window."""
    row = select(Counter.count).where(Counter.name == name[:160], Counter.began_at == window_of(window))
    return db.session.scalar(row) or 0


def refuse_above(limit: int, name: str, *, window: timedelta) -> None:
    """Raise TooMany when the window already holds `limit`."""
    if current_app.config["RATE_LIMITS"] and so_far(name, window=window) >= limit:
        raise TooMany(retry_after=seconds_left(window))


def seconds_left(window: timedelta) -> int:
    """Until the window that is running ends; at least one."""
    return max(1, int((window_of(window) + window - clock.now()).total_seconds()))


def forget_old() -> None:
    """Clock: drop windows that are over."""
    db.session.execute(delete(Counter).where(Counter.ends_at < clock.now()))
