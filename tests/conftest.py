"""Fixtures for every test: a database of its own, clients, builders.

`--database postgresql` runs the same tests on a real PostgreSQL, of which one server serves the whole run. Each worker
migrates once; each test begins with empty tables. Nothing inside the house is mocked.
"""

import contextlib
import dataclasses
import functools
import gc
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import upgrade
from psycopg import Connection
from sqlalchemy import event, text

from forum import create_app
from forum.core import clock, jobs
from forum.core.cache import ByteCache
from forum.core.db import db, transaction
from forum.core.settings import Settings
from forum.core.site import DEFAULT
from forum.members import actions as members
from forum.members import queries as members_read
from forum.members.actions.stepping import SecondStepNeeded
from forum.members.models import SignInWay
from tests import compiled, services
from tests.asking import HOST, Client
from tests.counting import statements
from tests.making import PASSWORD, Making, Member
from tests.post_office import PostOffice
from tests.serving import Server

__all__ = ["statements"]

LONGEST = ("test_rights.py", "test_leaks.py", "test_hostile.py", "test_erasing.py", "test_looks.py")

# Where Linux keeps files in memory: every commit waits for the disk, and a third of the time of all tests went there.
# The databases are as durable as ever, as far as they know.
MEMORY = Path("/dev/shm")
ROOM = 4 * 1024**3  # bytes that must be free there; elsewhere tests lie in the usual folder


def pytest_addoption(parser: pytest.Parser) -> None:
    """The one option of ours."""
    parser.addoption("--database", choices=("sqlite", "postgresql"), default="sqlite", help="what to test on")


def pytest_configure(config: pytest.Config) -> None:
    """The controlling process starts the server that all workers share."""
    if hasattr(config, "workerinput"):
        return
    if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))
    if config.getoption("--database") == "postgresql":
        config.stash[_url] = services.postgresql()


def pytest_configure_node(node: object) -> None:
    """Tell a worker where the server is."""
    node.workerinput["postgresql"] = node.config.stash.get(_url, None)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The longest come first, so that no worker waits for another's last one. What never opens a database says the same
    on both: it runs with SQLite alone."""
    items.sort(key=lambda item: item.path.name not in LONGEST)
    if config.getoption("--database") == "postgresql":
        said = [item for item in items if "database_kind" not in getattr(item, "fixturenames", ())]
        config.hook.pytest_deselected(items=said)
        items[:] = [item for item in items if "database_kind" in getattr(item, "fixturenames", ())]


def pytest_collection_finish() -> None:
    """As the server does when all is loaded: what is here now stays, and the collector need not walk it again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(5000, 20, 20)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Whatever this process started ends with it."""
    services.stop()


_url: pytest.StashKey[str] = pytest.StashKey()

FIRST_IDS = """
SELECT setval(seqrelid::regclass, 1, false) FROM pg_sequence WHERE pg_sequence_last_value(seqrelid) IS NOT NULL
"""

# The state of one worker


@dataclasses.dataclass(frozen=True)
class Database:
    """A database with the newest tables, and the way to empty it."""

    kind: str
    url: str
    empty: Callable[[], None]


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of this worker."""
    folder = tmp_path_factory.mktemp("house")
    compiled.share(folder / "templates")
    return folder


@pytest.fixture(scope="session")
def database_kind(request: pytest.FixtureRequest) -> str:
    """`sqlite` or `postgresql`."""
    return request.config.getoption("--database")


@pytest.fixture(scope="session")
def fresh_database(request: pytest.FixtureRequest, database_kind: str, house: Path) -> Callable[[str], str]:
    """`fresh_database(name)` makes an empty database without tables and gives its URL."""
    if database_kind == "sqlite":

        def make(name: str) -> str:
            path = house / f"{name}.db"
            for one in house.glob(f"{name}.db*"):
                one.unlink()
            return f"sqlite:///{path}"

        return make
    given = getattr(request.config, "workerinput", {}).get("postgresql") or request.config.stash.get(_url, None)
    worker = getattr(request.config, "workerinput", {}).get("workerid", "alone")
    return lambda name: services.create_database(given, f"multaqa_{worker}_{name}")


@pytest.fixture(scope="session")
def database(database_kind: str, fresh_database: Callable[[str], str], house: Path) -> Iterator[Database]:
    """The worker's database, migrated as an operator would."""
    url = fresh_database("forum")
    app = create_app(settings_for(house / "migrating", url))
    with app.app_context():
        upgrade()
        tables = [table.name for table in db.metadata.sorted_tables]
        db.session.remove()
        db.engine.dispose()
        if database_kind == "sqlite":
            path = Path(url.removeprefix("sqlite:///"))
            template = path.with_name("template.db")
            shutil.copy(path, template)
            yield Database(database_kind, url, lambda: _copy(template, path))
            return
        full = text(" UNION ALL ".join(f"(SELECT '{name}' WHERE EXISTS (SELECT FROM {name}))" for name in tables))

        @event.listens_for(db.engine, "connect")
        def set_up(connection: Connection, _record: object) -> None:
            # This application only empties tables: foreign keys are not looked at. Said anew each time, PostgreSQL
            # would forget how to ask the question above, which takes it longer than the answer.
            connection.execute("SET session_replication_role = replica")
            connection.commit()

        def empty() -> None:
            # Five times as fast as TRUNCATE, which makes new files.
            with app.app_context(), db.engine.begin() as connection:
                for name in connection.scalars(full).all():
                    connection.execute(text(f"DELETE FROM {name}"))
                connection.execute(text(FIRST_IDS))

        yield Database(database_kind, url, empty)
        db.engine.dispose()


def _copy(template: Path, path: Path) -> None:
    for rest in (f"{path}-wal", f"{path}-shm"):
        Path(rest).unlink(missing_ok=True)
    shutil.copyfile(template, path)


def settings_for(folder: Path, url: str, **changes: object) -> Settings:
    """Settings of a test: mode test, port 5000, no limits."""
    made = Settings.from_environment(
        {"MODE": "test", "DATA_FOLDER": str(folder), "DATABASE_URL": url, "RATE_LIMITS": "off"}
    )
    return dataclasses.replace(made, **changes)


@pytest.fixture(scope="session")
def settings(house: Path, database: Database) -> Settings:
    """The settings of `app`; `dataclasses.replace` and `make_app` for others."""
    return settings_for(house / "data", database.url)


@pytest.fixture(scope="session")
def _app_of_worker(settings: Settings) -> Iterator[Flask]:
    app = create_app(settings)
    yield app
    close(app)


# The state of one test


@pytest.fixture
def app(_app_of_worker: Flask, database: Database) -> Iterator[Flask]:
    """The application, on empty tables. No context is left pushed: push your own where you look into the database."""
    _forget(_app_of_worker)
    database.empty()
    yield _app_of_worker
    if database.kind == "sqlite":  # whose file is replaced
        close(_app_of_worker)
        return
    with _app_of_worker.app_context():
        db.session.remove()  # a connection of PostgreSQL is dear: the next test takes it over


@pytest.fixture
def make_app(app: Flask, settings: Settings) -> Iterator[Callable[..., Flask]]:
    """`make_app(rate_limits=True, …)`: another application on the same database, with other settings.

    With limits the time stands still, so that no window of the counters ends between two requests of a test.
    """
    made = []
    with contextlib.ExitStack() as standing:

        def make(**changes: object) -> Flask:
            if changes.get("rate_limits") and not any(one.config["RATE_LIMITS"] for one in made):
                standing.enter_context(clock.at(clock.now()))
            made.append(create_app(dataclasses.replace(settings, **changes)))
            made[-1].test_client_class = Client
            return made[-1]

        yield make
    for one in made:
        close(one)


def close(app: Flask) -> None:
    """Let go of its connections."""
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def _forget(app: Flask) -> None:
    """What processes remember by id: the ids begin anew."""
    app.test_client_class = Client
    app.wsgi_app.kept.clear()
    app.wsgi_app.size = 0
    app.extensions["site"].value = DEFAULT
    waiting = app.extensions["jobs"]
    waiting.waiting.clear()
    waiting.huey.storage.flush_all()
    app.extensions["live"].connections.clear()
    for cache in _caches():
        cache._kept.clear()
        cache.size = 0


@functools.cache
def _caches() -> list[ByteCache]:
    """Those of modules, which are all imported before the first test."""
    ours = [module for name, module in sys.modules.items() if name.startswith("forum.")]
    return [one for module in ours for one in vars(module).values() if isinstance(one, ByteCache)]


@pytest.fixture
def make(app: Flask) -> Making:
    """Builders: `make.member()`, `make.topic()`, …"""
    return Making(app)


@pytest.fixture
def client(app: Flask) -> Client:
    """A guest."""
    return app.test_client()


@pytest.fixture
def sign_in(app: Flask) -> Callable[..., Client]:
    """`sign_in(member)`: a new client, signed in; through the API where it takes more than the password of all, or
    `code=phone.code()`, where a second step is asked."""

    def sign_in(who: Member | str, password: str = PASSWORD, app: Flask = app, **step: str) -> Client:
        fresh = app.test_client()
        if isinstance(who, Member) and password == PASSWORD and not step:  # a hash is slow, and there are thousands
            with app.app_context(), transaction(), contextlib.suppress(SecondStepNeeded):
                row = members_read.get_member(who.id)
                token = members.sign_in(row, way=SignInWay.PASSWORD, address="127.0.0.1", agent="")
                fresh.set_cookie(app.config["SIGN_IN_COOKIE"], token, domain=HOST.partition(":")[0])
                return fresh
        email = who if isinstance(who, str) else who.email
        answer = fresh.json("POST", "/api/v1/sessions", {"email": email, "password": password} | step)
        assert answer.status_code == 201, answer.text
        return fresh

    return sign_in


@pytest.fixture
def work(app: Flask) -> Callable[[], int]:
    """Do what waits in the queue; returns the number of jobs."""

    def work() -> int:
        with app.app_context():
            return jobs.work()

    return work


# Real servers


@pytest.fixture
def post_office() -> Iterator[PostOffice]:
    """A real mail server; `make_app(smtp_url=post_office.url)` sends to it."""
    office = PostOffice()
    office.open()
    yield office
    office.close()


@pytest.fixture(scope="session")
def redis_url() -> str:
    """A real Redis of this worker."""
    return services.redis()


@pytest.fixture(scope="session")
def bucket() -> str:
    """FILES_URL of a bucket on a real server that speaks S3, of this worker."""
    return services.s3()


@pytest.fixture
def serve(app: Flask, settings: Settings, tmp_path: Path) -> Iterator[Callable[..., Server]]:
    """`serve(REDIS_URL=…)`: the embedded server as a child process, on the database of `make`."""
    with contextlib.ExitStack() as servers:

        def serve(**environment: str) -> Server:
            folder = tmp_path / f"server{environment.pop('NAME', '')}"
            given = {"DATABASE_URL": settings.database_url, "DATA_FOLDER": str(folder)} | environment
            return servers.enter_context(Server(given))

        yield serve


@pytest.fixture
def server(serve: Callable[..., Server]) -> Server:
    """One server, with what `make` makes."""
    return serve()
