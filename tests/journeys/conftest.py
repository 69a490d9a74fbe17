"""Fixtures of the journeys: the demonstration network, a real server, a real browser."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests import services
from tests.journeys.visiting import Visitor
from tests.making import Member
from tests.nursery import Nursery
from tests.serving import ROOT, Server


class Network(NamedTuple):
    """The demonstration network, of which every server takes a copy, and where those servers begin."""

    database: Path
    nursery: Nursery


@pytest.fixture(scope="session")
def network(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Network]:
    """Made once."""
    folder = tmp_path_factory.mktemp("network")
    environment = os.environ | {"MODE": "test", "DATA_FOLDER": str(folder), "DATABASE_URL": "", "RATE_LIMITS": "off"}
    for command in (["db", "upgrade"], ["demo"]):
        asked = [sys.executable, "-m", "flask", "--app", "forum:create_app", *command]
        done = subprocess.run(asked, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    with Nursery(ROOT, folder / "templates") as nursery:
        yield Network(folder / "multaqa.db", nursery)


def begin(network: Network, folder: Path, **environment: str) -> Server:
    """A server on a copy of the network."""
    folder.mkdir(parents=True, exist_ok=True)
    for part in network.database.parent.glob("multaqa.db*"):
        shutil.copy(part, folder / part.name)
    shutil.copytree(network.database.parent / "files", folder / "files", dirs_exist_ok=True)
    given = {"MODE": "demo", "DATABASE_URL": f"sqlite:///{folder / 'multaqa.db'}", "DATA_FOLDER": str(folder)}
    return Server(given | environment, nursery=network.nursery)


@pytest.fixture
def forum(network: Network, tmp_path: Path) -> Iterator[Server]:
    """The demonstration, this test's own."""
    with begin(network, tmp_path / "forum") as server:
        yield server


@pytest.fixture(scope="session")
def gallery(network: Network, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The demonstration, shared by tests that only look."""
    with begin(network, tmp_path_factory.mktemp("gallery")) as server:
        yield server


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The machine's own Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=services.chromium(), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[..., Visitor]]:
    """`visit(server, "member.ar", "ar", …)`: somebody at a browser of their own. What the browser complains of fails
    the test in the end; `visitor.expects` names what is part of the journey."""
    visitors: list[Visitor] = []

    def visit(server: Server, who: str | Member | None = None, language: str = "en", **context: object) -> Visitor:
        visitors.append(Visitor(browser, server, who, language, **context))
        return visitors[-1]

    yield visit
    complaints = [complaint for visitor in visitors for complaint in visitor.complaints()]
    for visitor in visitors:
        visitor.context.close()
    assert not complaints, "\n".join(complaints)
