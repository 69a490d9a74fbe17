"""Replies through HTTP on SQLite, eight at a time, against bare commits of one row into the same file.

Between the two stands what HTTP alone costs: a bare Flask view on the same server that commits one row a request.
"""

import argparse
import json
import time
from dataclasses import dataclass
from pathlib import Path

from bench._commits import commit, connect
from bench._load import Load, request
from bench._loading import MEMBERS, Loaded, load
from bench._report import Report, median
from bench._serving import Server, folder, processor_seconds

CONCURRENCY = 8
ROW = "A reply that says about as much as a reply says. " * 4


def commits(path: Path, seconds: float) -> float:
    """Rows a second, each in a transaction of its own."""
    connection = connect(path)
    done, began = 0, time.perf_counter()
    while time.perf_counter() - began < seconds:
        commit(connection, ROW)
        done += 1
    took = time.perf_counter() - began
    connection.close()
    return done / took


def main() -> None:
    """Measure."""
    options = argparse.ArgumentParser(prog="make bench NAME=replies", description=__doc__)
    options.add_argument("--rounds", type=int, default=7)
    options.add_argument("--seconds", type=float, default=4.0, help="of each kind in each round")
    asked = options.parse_args()
    report = Report("Replies through HTTP on SQLite, synchronous=FULL, against bare commits of one row")
    with folder() as at:
        path = at / "forum.db"
        url = f"sqlite:///{path}"
        loaded = load(url, at, posts=10_000)
        # The bare view has a file of its own: two processes would wait for each other's locks.
        bare = Server(at / "bare", "-m", "bench._server", "rows", str(at / "rows.db"))
        with bare, Server(at / "forum", "wsgi.py", DATABASE_URL=url) as server, Load() as client:
            measure(report, client, server, bare, path, loaded, asked)
    report.end()


def measure(
    report: Report,
    client: Load,
    server: Server,
    bare: Server,
    path: Path,
    loaded: Loaded,
    asked: argparse.Namespace,
) -> None:
    """The three in turn."""
    # Members and topics meet in ever new pairs: 1,000 and 300 requests, sent in turn.
    body = json.dumps({"words": "A reply with a **word** in bold and number {n}.", "language": "en", "key": "{n}"})
    kind = {"Content-Type": "application/json"}
    replies = [
        request(
            "POST",
            f"/api/v1/topics/{loaded.long[at % len(loaded.long)]}/posts",
            server.headers(Loaded.token(at % MEMBERS + 1)) | kind,
            body,
        )
        for at in range(MEMBERS)
    ]
    added = [request("POST", "/rows", bare.headers() | kind, json.dumps({"words": ROW}))]
    rows, views, ours, errors, sample = [], [], [], 0, ""
    for number in range(asked.rounds + 1):
        alone = commits(path, asked.seconds)
        through = _ran(client, bare, added, asked.seconds)
        done = _ran(client, server, replies, asked.seconds)
        errors, sample = errors + done.errors, sample or done.sample
        if number:
            rows.append(alone)
            views.append(through)
            ours.append(done)
    report.table(
        ("", "a second", "slowest 1 % after ms", "processor ms"),
        [
            ("bare commits of one row", f"{median(rows):.0f}", "", ""),
            ("a bare view that commits one row", *_figures(views)),
            ("replies", *_figures(ours)),
        ],
    )
    report.noise("bare commits a second", rows)
    report.noise("replies a second", [one.rate for one in ours])
    if sample:
        report.say(f"The first error: {sample}")
    part = median([mine.rate / alone for mine, alone in zip(ours, rows, strict=True)])
    seen = median([mine.rate / view.rate for mine, view in zip(ours, views, strict=True)])
    report.say(f"Replies are {seen:.3f} of what the bare view commits.")
    report.bar("replies, part of the bare commits", part, least=0.2)
    report.bar("errors", errors, most=0)


@dataclass(frozen=True)
class Ran:
    """One run of load and what it cost the server."""

    rate: float
    slowest: float
    cost: float  # milliseconds of processor a request
    errors: int
    sample: str


def _ran(client: Load, server: Server, requests: list[list[str]], seconds: float) -> Ran:
    before = processor_seconds(server.pid)
    done = client.run(server.port, requests, seconds=seconds, concurrency=CONCURRENCY)
    used = processor_seconds(server.pid) - before
    return Ran(done.rate, done.slowest(0.99), used / done.requests * 1000, done.errors, done.sample)


def _figures(runs: list[Ran]) -> tuple[str, str, str]:
    rate, slowest, cost = (median([getattr(one, name) for one in runs]) for name in ("rate", "slowest", "cost"))
    return f"{rate:.0f}", f"{slowest:.0f}", f"{cost:.2f}"


if __name__ == "__main__":
    main()
