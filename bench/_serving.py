"""Servers as child processes on 127.0.0.1, which end with the measurement, and what they used."""

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Self

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 60  # seconds until a server that does not answer counts as failed
TICKS = os.sysconf("SC_CLK_TCK")

# On Linux the kernel ends the child when the measurement ends, however it ends.
BEGIN = """
import ctypes, os, signal, sys
if sys.platform == "linux":
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
"""


@contextlib.contextmanager
def folder() -> Iterator[Path]:
    """A folder on the checkout's own file system (/tmp may be memory, where a commit costs nothing)."""
    (ROOT / "var").mkdir(exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix="bench-", dir=ROOT / "var"))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def child(*arguments: str, environment: Mapping[str, str] | None = None, **options: object) -> subprocess.Popen:
    """A Python process in the checkout."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    command = [sys.executable, "-c", BEGIN, *arguments]
    return subprocess.Popen(command, cwd=ROOT, env=kept | dict(environment or {}), **options)  # type: ignore[call-overload]


class Server:
    """`Server(folder, "wsgi.py")` is the forum as it is; `Server(folder, "-m", "bench._server", …)` measures."""

    def __init__(self, at: Path, *arguments: str, **environment: str) -> None:
        at.mkdir(parents=True, exist_ok=True)
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.origin = f"http://127.0.0.1:{self.port}"
        self.log = at / f"server{self.port}.log"
        fixed = {"MODE": "test", "RATE_LIMITS": "off", "DATA_FOLDER": str(at), "PORT": str(self.port)}
        with self.log.open("wb") as words:
            self.process = child(
                *arguments, environment=fixed | environment, stdin=subprocess.DEVNULL, stdout=words, stderr=words
            )

    def __enter__(self) -> Self:
        deadline = time.monotonic() + PATIENCE
        while True:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return self
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.__exit__()
                raise RuntimeError(f"a server did not start: {self.log.read_text(errors='replace')[-3000:]}")
            time.sleep(0.05)

    def __exit__(self, *_error: object) -> None:
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    @property
    def pid(self) -> int:
        """Its process."""
        return self.process.pid

    def headers(self, token: str | None = None) -> dict[str, str]:
        """What a browser of a member, or of a guest, sends along."""
        host = {"Host": f"127.0.0.1:{self.port}", "Origin": self.origin}
        return host | {"Cookie": f"session={token}"} if token else host


def family(pids: Iterable[int]) -> set[int]:
    """These processes and all that they started."""
    found: set[int] = set()
    waiting = list(pids)
    while waiting:
        pid = waiting.pop()
        if pid not in found:
            found.add(pid)
            with contextlib.suppress(OSError):
                for thread in os.listdir(f"/proc/{pid}/task"):
                    waiting += map(int, Path(f"/proc/{pid}/task/{thread}/children").read_text().split())
    return found


def processor_seconds(*pids: int) -> float:
    """Processor time that these processes and their children, living or ended, have used so far."""
    used = 0
    for pid in family(pids):
        with contextlib.suppress(OSError):
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            used += sum(map(int, fields[11:15]))
    return used / TICKS


def memory(*pids: int) -> int:
    """Bytes of memory that these processes and their children hold, shared pages counted in parts."""
    held = 0
    for pid in family(pids):
        with contextlib.suppress(OSError):
            found = re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
            held += int(found[1]) * 1024 if found else 0
    return held
