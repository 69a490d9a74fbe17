"""Work for later: outbox rows are handed to the job library in batches, tried again with back-off, parked at last.

The outbox is ours because the job library's queue is not in our database: a row that a crash left behind is handed
over by the sweeper. So every listener may run twice and must not mind.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

import gevent
from flask import Flask, current_app
from gevent.monkey import is_module_patched
from huey import Huey, RedisHuey, SqliteHuey, crontab
from huey.consumer import Consumer
from sqlalchemy import Text, delete, select, update
from sqlalchemy.orm import Mapped, mapped_column

from forum.core import clock, events
from forum.core.db import Id, Moment, db, transaction
from forum.core.events import OutboxRow
from forum.core.settings import Settings

BATCH = 200  # rows handed over by one job
TOGETHER = 20  # facts heard in one transaction
GATHER = 0.1  # seconds in which facts gather before one job carries them all
STALE = timedelta(seconds=30)  # an unhanded row older than this was left by a crash
KEEP = timedelta(days=7)  # handed rows are kept this long, to answer "what happened to it"
RETRIES = 6
RETRY_DELAY = 10  # seconds, doubled at each try: the last is after ten minutes

log = logging.getLogger(__name__)


class ParkedJob(db.Model):
    """A listener that failed at every try: kept for a person to look at, out of the queue's way."""

    __tablename__ = "parked_jobs"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    outbox_id: Mapped[int]
    listener: Mapped[str] = mapped_column(Text)
    error: Mapped[str] = mapped_column(Text)
    parked_at: Mapped[datetime] = mapped_column(Moment)


class Jobs:
    """The job library, bound to one application."""

    def __init__(
        self,
        app: Flask,
        settings: Settings,
        clock_work: Iterable[tuple[dict[str, str], Callable[[], None]]],
        rounds: Iterable[tuple[dict[str, str], Callable[[], None]]] = (),
        errands: Iterable[Callable[[], None]] = (),
    ) -> None:
        self.app = app
        self.huey = self._queue(settings)
        self.waiting: list[int] = []
        self.consumer: QuietConsumer | None = None
        self._deliver = self.huey.task(name="deliver")(self.deliver)
        self._retry = self.huey.task(name="retry")(self.retry)
        self.huey.periodic_task(crontab(minute="*"), name="sweep")(self._in_app(self.sweep))
        self._errands = {work: self.huey.task(name=work.__name__)(self._in_app(work)) for work in errands}
        for work in errands:
            self.huey.periodic_task(crontab(minute="*"), name=f"{work.__name__}_by_the_clock")(self._in_app(work))
        for when, work in clock_work:
            self.huey.periodic_task(crontab(**when), name=work.__name__)(self._in_transaction(work))
        for when, work in rounds:
            self.huey.periodic_task(crontab(**when), name=work.__name__)(self._in_app(work))

    @staticmethod
    def _queue(settings: Settings) -> Huey:
        if settings.redis_url:
            return RedisHuey(settings.channel, url=settings.redis_url, results=False)
        settings.data_folder.mkdir(parents=True, exist_ok=True)
        return SqliteHuey(
            "multaqa", filename=str(settings.data_folder / f"{settings.channel}.jobs.db"), fsync=True, results=False
        )

    def _in_app(self, work: Callable[[], None]) -> Callable[[], None]:
        def run() -> None:
            with self.app.app_context():
                work()

        return run

    def _in_transaction(self, work: Callable[[], None]) -> Callable[[], None]:
        def run() -> None:
            with self.app.app_context(), transaction():
                work()

        return run

    def hand_over(self, ids: list[int]) -> None:
        """Give these outbox rows to the queue: in a moment, together with others, when a server runs here."""
        first = not self.waiting  # later ones ride along; flush() takes all that wait before it does anything slow
        self.waiting.extend(ids)
        if first and is_module_patched("threading"):  # else a command or a test: the sweeper, or flush() by hand
            gevent.spawn_later(GATHER, self._in_app(self.flush))

    def run_soon(self, errand: Callable[[], None]) -> None:
        """Have one of the errands done now rather than at the next minute."""
        self._errands[errand]()

    def flush(self) -> None:
        """Queue what waits now. A queue that is away leaves the rows to the sweeper."""
        ids, self.waiting = self.waiting, []
        for start in range(0, len(ids), BATCH):
            self._queue_rows(ids[start : start + BATCH])

    def _queue_rows(self, ids: list[int]) -> None:
        try:
            self._deliver(ids)
        except Exception:
            log.exception("the job queue is away; the sweeper will hand over %d facts", len(ids))
            return
        with transaction() as session:
            session.execute(update(OutboxRow).where(OutboxRow.id.in_(ids)).values(handed_at=clock.now()))

    def sweep(self) -> None:
        """Hand over what a crash left behind, and forget what was handed over long ago."""
        stale = OutboxRow.handed_at.is_(None) & (OutboxRow.recorded_at < clock.now() - STALE)
        ids = list(db.session.scalars(select(OutboxRow.id).where(stale).order_by(OutboxRow.id).limit(10 * BATCH)))
        for start in range(0, len(ids), BATCH):
            self._queue_rows(ids[start : start + BATCH])
        with transaction() as session:
            session.execute(delete(OutboxRow).where(OutboxRow.handed_at < clock.now() - KEEP))

    def deliver(self, ids: list[int]) -> None:
        """Job: have every listener hear of these facts; one that fails is tried again alone."""
        with self.app.app_context():
            rows = db.session.scalars(select(OutboxRow).where(OutboxRow.id.in_(ids)).order_by(OutboxRow.id)).all()
            heard = [(listener, row) for row in rows for listener in self._listeners(row)]
            for start in range(0, len(heard), TOGETHER):
                self._hear_some(heard[start : start + TOGETHER])
                gevent.sleep(0)  # on SQLite nothing in a transaction lets others run

    def _hear_some(self, heard: list[tuple[events.Listener, OutboxRow]]) -> None:
        """In one transaction, because a commit costs more than most listeners do; if that fails, each in its own."""
        try:
            with transaction():
                for listener, row in heard:
                    listener(row.fact())
            return
        except Exception:
            log.info("%d listeners failed together; each goes alone", len(heard))
        for listener, row in heard:
            try:
                self._hear(listener, row)
            except Exception:
                log.exception("%s failed for outbox row %d; it will be tried again", listener.__name__, row.id)
                self._retry.schedule((row.id, listener.__name__, 1), delay=RETRY_DELAY)

    def retry(self, row_id: int, name: str, tries: int) -> None:
        """Job: one listener, one fact, once more; after the last try it is parked."""
        with self.app.app_context():
            row = db.session.get(OutboxRow, row_id)
            for listener in self._listeners(row) if row else ():
                if listener.__name__ != name:
                    continue
                try:
                    self._hear(listener, row)
                except Exception as error:
                    if tries < RETRIES:
                        self._retry.schedule((row_id, name, tries + 1), delay=RETRY_DELAY * 2**tries)
                    else:
                        self._park(row_id, name, error)

    def _listeners(self, row: OutboxRow) -> Iterable[events.Listener]:
        try:
            return events.later_listeners(type(row.fact()))
        except (KeyError, TypeError) as error:  # a fact of another release
            self._park(row.id, "", error)
            return ()

    @staticmethod
    def _hear(listener: events.Listener, row: OutboxRow) -> None:
        happened = row.fact()
        with transaction():
            listener(happened)

    @staticmethod
    def _park(row_id: int, listener: str, error: Exception) -> None:
        log.error("parked: %s of outbox row %d: %r", listener, row_id, error)
        with transaction() as session:
            session.add(ParkedJob(outbox_id=row_id, listener=listener, error=repr(error), parked_at=clock.now()))

    def start(self, worker_type: str = "greenlet") -> None:
        """Run the jobs in this process: in greenlets inside the embedded server, in threads in `flask work`."""
        self.consumer = QuietConsumer(
            self.huey, workers=2, worker_type=worker_type, check_worker_health=False, max_delay=0.5
        )
        self.consumer.start()

    def stop(self) -> None:
        """Let the running job end, then stop."""
        if self.consumer:
            self.consumer.stop(graceful=True)


class QuietConsumer(Consumer):
    """The library's consumer without its signal handlers: the process that holds it has its own."""

    def _set_signal_handlers(self) -> None:
        pass


def init_app(
    app: Flask,
    settings: Settings,
    clock_work: Iterable[tuple[dict[str, str], Callable[[], None]]],
    rounds: Iterable[tuple[dict[str, str], Callable[[], None]]] = (),
    errands: Iterable[Callable[[], None]] = (),
) -> Jobs:
    """Bind the job library; `clock_work` are (crontab arguments, function) of wiring.CLOCK, `rounds` those of ROUNDS,
    `errands` of ERRANDS."""
    app.extensions["jobs"] = jobs = Jobs(app, settings, clock_work, rounds, errands)
    return jobs


def current_jobs() -> Jobs:
    """The job library of the running application."""
    jobs: Jobs = current_app.extensions["jobs"]
    return jobs


def work() -> int:
    """Do everything that waits, here and now; for commands. Returns the number of jobs done."""
    jobs, done = current_jobs(), 0
    jobs.flush()
    while task := jobs.huey.dequeue():
        jobs.huey.execute(task)
        done += 1
    return done
