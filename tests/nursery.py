"""Servers that begin as copies of one process that has imported the forum: half of each beginning is paid once.

A copy then runs `wsgi.py` as `python wsgi.py` does, with an environment, a log and a process of its own.
"""

import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Self

# Reads one line for each copy, {"environment": …, "log": …}, and answers with its number. It has no threads and no
# loop, so that a copy is whole; what a copy inherits besides, the seed of `random`, is made its own.
PROGRAM = """
import ctypes, json, os, pathlib, random, runpy, signal, sys
fork, read = os.fork, os.read
from gevent import monkey, reinit
monkey.patch_all()
import forum.wiring, forum.core.server, forum.demo.starting
from sqlalchemy.orm import configure_mappers
from tests import compiled
configure_mappers()
compiled.share(pathlib.Path(sys.argv[1]))

def ends_with_its_parent():
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)

ends_with_its_parent()
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
rest = b""
while True:
    while b"\\n" not in rest:
        more = read(0, 65536)
        if not more:
            sys.exit()
        rest += more
    line, rest = rest.split(b"\\n", 1)
    child = fork()
    if not child:
        break
    os.write(1, b"%d\\n" % child)

asked = json.loads(line)
ends_with_its_parent()
signal.signal(signal.SIGCHLD, signal.SIG_DFL)
reinit()
random.seed()
os.environ.clear()
os.environ.update(asked["environment"])
log = os.open(asked["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
os.dup2(log, 1)
os.dup2(log, 2)
sys.argv = ["wsgi.py"]
runpy.run_path("wsgi.py", run_name="__main__")
"""


class Copy:
    """One of them, with as much of `subprocess.Popen` as a test asks for."""

    def __init__(self, pid: int) -> None:
        self.pid = pid

    def poll(self) -> int | None:
        """None while it runs; how it ended is not known here, so 0 stands for that it did."""
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return 0
        return None

    def send_signal(self, number: int) -> None:
        """SIGTERM, SIGKILL, …; nothing when it has ended."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, number)

    def kill(self) -> None:
        """SIGKILL."""
        self.send_signal(9)

    def wait(self, timeout: float = 60) -> int:
        """Until it has ended; raises `subprocess.TimeoutExpired`."""
        deadline = time.monotonic() + timeout
        while self.poll() is None:
            if time.monotonic() > deadline:
                raise subprocess.TimeoutExpired("wsgi.py", timeout)
            time.sleep(0.01)
        return 0


class Nursery:
    """The process that is copied; a context manager. What its copies compile lies in `folder`."""

    def __init__(self, root: Path, folder: Path) -> None:
        self.root, self.folder = root, folder

    def __enter__(self) -> Self:
        asked = [sys.executable, "-c", PROGRAM, self.folder]
        self._process = subprocess.Popen(asked, cwd=self.root, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        return self

    def __exit__(self, *_error: object) -> None:
        self._process.communicate(timeout=20)

    def start(self, environment: Mapping[str, str], log: Path) -> Copy:
        """One more server."""
        entrance, exit = self._process.stdin, self._process.stdout
        assert entrance
        assert exit
        entrance.write(json.dumps({"environment": dict(environment), "log": str(log)}).encode() + b"\n")
        entrance.flush()
        return Copy(int(exit.readline()))
