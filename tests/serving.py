"""The embedded server as a child process: for browsers, sockets and faults."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import Self
from urllib.error import HTTPError, URLError

from tests.nursery import Copy, Nursery

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 30  # seconds until a server that does not answer counts as failed

# On Linux the kernel ends the server when pytest ends, however it ends; the program then takes this one's place.
BEGIN = """
import ctypes, os, signal, sys
if sys.platform == "linux":
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
"""


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    return port


class Server:
    """`python wsgi.py`, once it answers. `environment` names DATABASE_URL, DATA_FOLDER and what else is set; from a
    nursery it begins sooner."""

    def __init__(
        self, environment: Mapping[str, str], *, port: int | None = None, nursery: Nursery | None = None
    ) -> None:
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.folder = Path(environment["DATA_FOLDER"])
        self.environment = {"MODE": "test", "RATE_LIMITS": "off", **environment, "PORT": str(self.port)}
        self.process: subprocess.Popen[bytes] | Copy | None = None
        self._nursery = nursery

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop()

    @property
    def log(self) -> str:
        """What it said."""
        return (self.folder / "server.log").read_text(errors="replace")

    def start(self) -> None:
        """Start it, also again after `stop` or `kill`, and wait until it answers."""
        self.begin()
        self._wait()

    def begin(self) -> None:
        """Start the process alone."""
        self.folder.mkdir(parents=True, exist_ok=True)
        inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
        if self._nursery is not None:
            self.process = self._nursery.start(inherited | self.environment, self.folder / "server.log")
            return
        with (self.folder / "server.log").open("ab") as words:
            self.process = subprocess.Popen(
                [sys.executable, "-c", BEGIN, "wsgi.py"],
                cwd=ROOT,
                env=inherited | self.environment,
                stdin=subprocess.DEVNULL,
                stdout=words,
                stderr=words,
            )

    def _wait(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if self.process is None or self.process.poll() is not None:
                raise RuntimeError(f"the server ended: {self.log[-3000:]}")
            with contextlib.suppress(URLError, OSError):
                if self.get("/health")[0] == 200:
                    return
            time.sleep(0.05)
        self.kill()
        raise RuntimeError(f"the server does not answer: {self.log[-3000:]}")

    def get(self, path: str, **headers: str) -> tuple[int, str]:
        """Status and body of one GET, without redirects being hidden for errors."""
        asked = urllib.request.Request(self.url + path, headers=headers)
        try:
            with urllib.request.urlopen(asked, timeout=10) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as error:
            with error:
                return error.code, error.read().decode()

    def stop(self) -> None:
        """SIGTERM, as an operator would; running requests end first."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """SIGKILL: a crash."""
        self._end(signal.SIGKILL)

    def _end(self, number: int) -> None:
        if self.process is None:
            return
        self.process.send_signal(number)
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None
