"""Sockets against a real server process. It serves all tests of a worker, on a database that is never emptied: what a
test makes is its own, whatever else there is."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_migrate import upgrade

from forum import create_app
from forum.core.settings import Settings
from tests.conftest import close, settings_for
from tests.live.people import Person
from tests.making import Member
from tests.services import redis_database
from tests.serving import Server
from tests.sockets import Socket


@pytest.fixture(scope="session")
def settings(house: Path, fresh_database: Callable[[str], str]) -> Settings:
    """The settings of the builders; the server has its own folder."""
    return settings_for(house / "live", fresh_database("live"))


@pytest.fixture(scope="session")
def app(settings: Settings) -> Iterator[Flask]:
    """The application that the builders use."""
    made = create_app(settings)
    with made.app_context():
        upgrade()
    yield made
    close(made)


@pytest.fixture(scope="session")
def server(app: Flask, settings: Settings, house: Path) -> Iterator[Server]:
    """One server for all tests of this folder that do not stop theirs."""
    with Server({"DATABASE_URL": settings.database_url, "DATA_FOLDER": str(house / "live-server")}) as made:
        yield made


@pytest.fixture(scope="session")
def pair(app: Flask, settings: Settings, house: Path, redis_url: str) -> Iterator[list[Server]]:
    """Two servers that share everything but folder and port."""
    shared = {"DATABASE_URL": settings.database_url, "REDIS_URL": redis_database(redis_url, 9)}
    with ExitStack() as servers:
        yield [servers.enter_context(Server({**shared, "DATA_FOLDER": str(house / name)})) for name in ("a", "b")]


@pytest.fixture
def person(request: pytest.FixtureRequest) -> Callable[..., Person]:
    """`person(member)` signed in; `person()` is a guest; `on=` a server other than the one of all."""

    def make(member: Member | None = None, *, on: Server | None = None) -> Person:
        return Person(on or request.getfixturevalue("server"), member)

    return make


@pytest.fixture
def watch() -> Iterator[Callable[..., Socket]]:
    """`watch(person)`: a socket of theirs."""
    with ExitStack() as sockets:

        def open(person: Person, **more: Any) -> Socket:
            return sockets.enter_context(Socket(person.server.url, cookie=person.cookie, **more))

        yield open
