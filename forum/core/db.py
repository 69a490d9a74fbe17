"""The database: one session per request or job, one way to write, the same types on SQLite and PostgreSQL.

Reads may stand anywhere. Writes stand inside `transaction()`, which only faces and the job runner open.
"""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from flask import Flask
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import BigInteger, CursorResult, DateTime, Executable, Integer, MetaData, String, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DataError, DBAPIError, OperationalError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.sql import ColumnElement
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.visitors import InternalTraversal
from sqlalchemy.types import TypeDecorator

from forum.core.settings import ROOT, Settings

LOCK_DEADLINE = 10.0  # seconds that a writer waits for its turn on SQLite
LOCK_PAUSE = 0.002  # seconds between two tries; other greenlets run meanwhile


class Base(DeclarativeBase):
    """Every table; constraints have names, so that migrations can speak of them on both databases."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Moment(TypeDecorator[datetime]):
    """A moment in UTC: aware in Python, without zone in the database, so that both databases order it alike."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        """Store UTC; a naive moment is a mistake of the caller."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        """Give back an aware moment."""
        return None if value is None else value.replace(tzinfo=UTC)


Id = BigInteger().with_variant(Integer, "sqlite")  # SQLite numbers rows by itself only in INTEGER columns


class joined(FunctionElement[str]):
    """All values of a text column in one text, with spaces between. SQLAlchemy's own aggregate_strings makes the
    separator a parameter that is filled in anew at every execution; this statement is behind every request."""

    type = String()
    inherit_cache = True


class lined(joined):
    """All values of a text column in one text, a line each."""

    inherit_cache = True


@compiles(lined)
def _lined(element: Any, compiler: Any, **options: Any) -> str:
    name, end = ("group_concat", "char(10)") if compiler.dialect.name == "sqlite" else ("string_agg", "chr(10)")
    return f"{name}({compiler.process(element.clauses, **options)}, {end})"


@compiles(joined)
def _joined(element: Any, compiler: Any, **options: Any) -> str:
    name = "group_concat" if compiler.dialect.name == "sqlite" else "string_agg"
    return f"{name}({compiler.process(element.clauses, **options)}, ' ')"


class fixed(ColumnElement[str]):
    """A large text column that is the same whenever it is asked for, known by a name. SQLAlchemy walks through a whole
    statement at each execution to find what it compiled before; here it reads the name and walks no further."""

    type = String()
    _traverse_internals: Any = [("name", InternalTraversal.dp_string)]

    def __init__(self, name: str, column: ColumnElement[str]) -> None:
        self.name, self.column = name, column.self_group()


@compiles(fixed)
def _fixed(element: Any, compiler: Any, **options: Any) -> str:
    return compiler.process(element.column, **options)


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})
migrate = Migrate(directory=str(ROOT / "migrations"))

_writing: ContextVar[bool] = ContextVar("writing", default=False)
_following: ContextVar[bool] = ContextVar("following", default=True)
_before_commit: list[Callable[[Session], None]] = []
_after_commit: list[Callable[[Session], None]] = []


def before_commit(call: Callable[[Session], None]) -> None:
    """Have `call(session)` run at the end of every transaction, inside it: if it fails, all is rolled back."""
    _before_commit.append(call)


def after_commit(call: Callable[[Session], None]) -> None:
    """Have `call(session)` run once a transaction is in the database."""
    _after_commit.append(call)


@contextmanager
def transaction() -> Iterator[Session]:
    """Write all of it or nothing. The lock is taken at the first statement, so slow thinking may come before it."""
    if _writing.get():
        raise RuntimeError("a transaction is already open: actions never open one")
    session = db.session()
    session.commit()  # what was read before belongs to an older state of the database
    token = _writing.set(True)
    try:
        yield session
        for call in _before_commit:
            call(session)
        session.commit()
    except BaseException:
        session.rollback()
        session.info.clear()
        raise
    finally:
        _writing.reset(token)
    for call in _after_commit:
        call(session)


@contextmanager
def without_foreign_keys() -> Iterator[None]:
    """For migrations: SQLite changes a table by making it anew and dropping the old one, which would delete everything
    that points to it. That nothing is followed can only be said before a transaction begins; check all at its end."""
    token = _following.set(False)
    try:
        yield
    finally:
        _following.reset(token)
        db.session.remove()
        db.engine.dispose()  # new connections follow again


def run(statement: Executable, **values: Any) -> CursorResult[Any]:
    """Execute a statement of columns that was built once, at import; `values` are its bindparams, or an insert's row.

    For the statements behind every request: building one costs more than the database does, and the session's own
    `execute` three times what the connection's costs (23 and 67 microseconds where it was measured).
    """
    return db.session.connection().execute(statement, values or None)


def dialect() -> str:
    """`sqlite` or `postgresql`."""
    return db.engine.dialect.name


def insert(model: type[Base], for_dialect: str | None = None) -> sqlite.Insert:
    """An insert that may say what to do on conflict, in words that both databases understand.

    For the running database; a statement that is built once and kept names its dialect.
    """
    return (sqlite if (for_dialect or dialect()) == "sqlite" else postgresql).insert(model)


def is_unreachable(error: BaseException) -> bool:
    """Does this error say that the database is away or full for the moment, rather than that we asked wrongly?"""
    if not isinstance(error, DBAPIError):
        return isinstance(error, TimeoutError)
    return error.connection_invalidated or isinstance(error, OperationalError)


def is_too_large(error: BaseException) -> bool:
    """Does it say that a number is larger than its column holds, so that no row can have it?"""
    return isinstance(error, DataError) and getattr(error.orig, "sqlstate", "") == "22003"


def init_app(app: Flask, settings: Settings) -> None:
    """Open the configured database."""
    app.config["SQLALCHEMY_DATABASE_URI"] = settings.database_url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = _engine_options(settings)
    db.init_app(app)
    migrate.init_app(app, db, render_as_batch=True, compare_type=True)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            settings.data_folder.mkdir(parents=True, exist_ok=True)
            _prepare_sqlite(db.engine)


def _engine_options(settings: Settings) -> dict[str, Any]:
    options: dict[str, Any] = {"pool_size": 10, "max_overflow": 0, "pool_timeout": 20}
    if settings.database_url.startswith("sqlite"):
        return options | {"connect_args": {"timeout": 0, "isolation_level": None, "check_same_thread": False}}
    return options | {"pool_pre_ping": True, "connect_args": {"connect_timeout": 5}}


def _prepare_sqlite(engine: Engine) -> None:
    """Durable and never "locked": see SQLite in docs/decisions/0003-sqlite.md."""

    @event.listens_for(engine, "connect")
    def set_up(connection: sqlite3.Connection, _record: Any) -> None:
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "cache_size=-16000"):
            _patiently(lambda pragma=pragma: connection.execute(f"PRAGMA {pragma}"))

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        # SQLite's own waiting would stop every greenlet of the process, so it is off and we wait ourselves.
        statement = "BEGIN IMMEDIATE" if _writing.get() else "BEGIN"
        raw = connection.connection.dbapi_connection
        if not _following.get():
            raw.execute("PRAGMA foreign_keys=OFF")
        _patiently(lambda: raw.execute(statement))


def _patiently(call: Callable[[], Any]) -> None:
    deadline = time.monotonic() + LOCK_DEADLINE
    while True:
        try:
            call()
            return
        except (sqlite3.OperationalError, OperationalError) as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(LOCK_PAUSE)
