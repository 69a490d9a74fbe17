"""Load: an HTTP client of our own in a process of its own, so that the server's processor time is the server's alone.

It keeps its connections and sends the next request on each as soon as the last one is answered.
"""

import asyncio
import itertools
import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Self

from bench._serving import child

HEAD_END = b"\r\n\r\n"


@dataclass(frozen=True)
class Done:
    """What one run of load found."""

    requests: int
    errors: int
    seconds: float
    milliseconds: list[float]  # of every answered request, sorted
    sample: str  # the first answer that was not 2xx

    @property
    def rate(self) -> float:
        """Good answers a second."""
        return (self.requests - self.errors) / self.seconds

    def slowest(self, part: float) -> float:
        """Milliseconds within which this part of the requests was answered."""
        return self.milliseconds[min(len(self.milliseconds) - 1, int(len(self.milliseconds) * part))]


def request(method: str, path: str, headers: dict[str, str], body: str = "") -> list[str]:
    """A request's head and body. In the body, `{n}` becomes a number that no other request has."""
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    return ["\r\n".join(lines), body]


class Load:
    """The client process; `run` sends `requests` in turn, for so many seconds or so many requests."""

    def __enter__(self) -> Self:
        self.process = child("-m", "bench._load", stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        return self

    def __exit__(self, *_error: object) -> None:
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()

    def run(
        self,
        port: int,
        requests: Sequence[list[str]],
        *,
        seconds: float | None = None,
        count: int | None = None,
        concurrency: int = 8,
    ) -> Done:
        """Send and wait for the end."""
        asked = {"port": port, "requests": requests, "seconds": seconds, "count": count, "concurrency": concurrency}
        self.process.stdin.write(json.dumps(asked) + "\n")
        self.process.stdin.flush()
        return Done(**json.loads(self.process.stdout.readline()))


# In the client's process


class Run:
    """One run: what is to be sent, and what came back."""

    numbers = itertools.count(int(time.time() * 1000))

    def __init__(self, asked: dict[str, Any]) -> None:
        self.requests: Iterator[list[str]] = itertools.cycle(asked["requests"])
        self.left = asked["count"] if asked["count"] else sys.maxsize
        self.until = time.perf_counter() + asked["seconds"] if asked["seconds"] else float("inf")
        self.took: list[float] = []
        self.errors = 0
        self.sample = ""

    def next(self) -> bytes | None:
        """The next request, or None when it is enough."""
        if self.left <= 0 or time.perf_counter() >= self.until:
            return None
        self.left -= 1
        head, body = next(self.requests)
        if not body:
            return head.encode() + HEAD_END
        data = body.replace("{n}", str(next(self.numbers))).encode()
        return f"{head}\r\nContent-Length: {len(data)}\r\n\r\n".encode() + data

    def answered(self, took: float, answer: bytes) -> None:
        """Note one answer."""
        self.took.append(took * 1000)
        if not answer.startswith(b"HTTP/1.1 2"):
            self.errors += 1
            self.sample = self.sample or answer[:600].decode(errors="replace")


class Connection(asyncio.Protocol):
    """One kept connection."""

    def __init__(self, run: Run, end: asyncio.Future[None]) -> None:
        self.run = run
        self.end = end

    def connection_made(self, transport: Any) -> None:
        """Begin."""
        self.transport = transport
        self.send()

    def send(self) -> None:
        """Send one request, or end."""
        data = self.run.next()
        if data is None:
            self.end.set_result(None)
            self.transport.close()
            return
        self.head, self.missing, self.got = b"", -1, b""
        self.began = time.perf_counter()
        self.transport.write(data)

    def data_received(self, data: bytes) -> None:
        """Wait until the whole answer is there; its body is counted, and only kept for an error."""
        if self.missing < 0:
            self.got += data
            end = self.got.find(HEAD_END)
            if end < 0:
                return
            length = self.got.lower().find(b"content-length:", 0, end)
            if length < 0 and not self.got.startswith(b"HTTP/1.1 204"):
                raise RuntimeError(f"an answer without length: {self.got[:300]!r}")
            announced = int(self.got[length + 15 : self.got.find(b"\r", length)]) if length >= 0 else 0
            self.missing = announced - (len(self.got) - end - len(HEAD_END))
        else:
            self.missing -= len(data)
        if self.missing <= 0:
            self.run.answered(time.perf_counter() - self.began, self.got)
            self.send()

    def connection_lost(self, error: Exception | None) -> None:
        """A connection that the server ended early ends this run's part of it, as an error."""
        if not self.end.done():
            self.run.errors += 1
            self.run.took.append(0)
            self.run.sample = self.run.sample or f"the connection ended: {error}"
            self.end.set_result(None)


async def _run(asked: dict[str, Any]) -> dict[str, Any]:
    loop, run = asyncio.get_running_loop(), Run(asked)
    began = time.perf_counter()
    ends = [loop.create_future() for _one in range(asked["concurrency"])]
    for end in ends:
        await loop.create_connection(lambda end=end: Connection(run, end), "127.0.0.1", asked["port"])
    await asyncio.gather(*ends)
    return {
        "requests": len(run.took),
        "errors": run.errors,
        "seconds": time.perf_counter() - began,
        "milliseconds": sorted(round(one, 2) for one in run.took),
        "sample": run.sample,
    }


if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps(asyncio.run(_run(json.loads(line)))), flush=True)
