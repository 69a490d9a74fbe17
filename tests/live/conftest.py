"""Sockets against a real server process."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from tests.live.people import Person
from tests.making import Member
from tests.serving import Server
from tests.sockets import Socket


@pytest.fixture
def person(server: Server) -> Callable[..., Person]:
    """`person(member)` signed in on the server; `person()` is a guest; `server=` for another one."""

    def make(member: Member | None = None, *, server: Server = server) -> Person:
        return Person(server, member)

    return make


@pytest.fixture
def watch() -> Iterator[Callable[..., Socket]]:
    """`watch(person)`: a socket of theirs."""
    with ExitStack() as sockets:

        def open(person: Person, **more: Any) -> Socket:
            return sockets.enter_context(Socket(person.server.url, cookie=person.cookie, **more))

        yield open
