"""How often: counters in fixed windows, kept in the database, so they survive a restart and all workers share them."""

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


def _window(window: timedelta) -> datetime:
    seconds = int(window.total_seconds())
    return datetime.fromtimestamp(int(clock.now().timestamp()) // seconds * seconds, UTC)


def count(name: str, *, window: timedelta) -> int:
    """Count one more, in the running transaction, and say how many that makes in this window."""
    began = _window(window)
    row = insert(Counter).values(name=name[:160], began_at=began, count=1, ends_at=began + window)
    row = row.on_conflict_do_update(index_elements=["name", "began_at"], set_={"count": Counter.count + 1})
    return db.session.scalar(row.returning(Counter.count)) or 1


def so_far(name: str, *, window: timedelta) -> int:
    """How many there were in this window."""
    row = select(Counter.count).where(Counter.name == name[:160], Counter.began_at == _window(window))
    return db.session.scalar(row) or 0


def refuse_above(limit: int, name: str, *, window: timedelta) -> None:
    """Raise TooMany when the window already holds `limit`."""
    if current_app.config["RATE_LIMITS"] and so_far(name, window=window) >= limit:
        left = _window(window) + window - clock.now()
        raise TooMany(retry_after=max(1, int(left.total_seconds())))


def forget_old() -> None:
    """Clock: drop windows that are over."""
    db.session.execute(delete(Counter).where(Counter.ends_at < clock.now()))
