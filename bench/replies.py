"""Replies through HTTP on SQLite, eight at a time, against bare commits of one row into the same file."""

import argparse
import json
import sqlite3
import time
from pathlib import Path

from bench._load import Load, request
from bench._loading import MEMBERS, Loaded, load
from bench._report import Report, median
from bench._serving import Server, folder, processor_seconds

CONCURRENCY = 8
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "cache_size=-16000")  # as in forum/core/db.py
ROW = "A reply that says about as much as a reply says. " * 4


def commits(path: Path, seconds: float) -> float:
    """Rows a second, each in a transaction of its own."""
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("CREATE TABLE IF NOT EXISTS bare_rows (id INTEGER PRIMARY KEY, words TEXT)")
    done, began = 0, time.perf_counter()
    while time.perf_counter() - began < seconds:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO bare_rows (words) VALUES (?)", (ROW,))
        connection.execute("COMMIT")
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
        with Server(at / "forum", "wsgi.py", DATABASE_URL=url) as server, Load() as client:
            measure(report, client, server, path, loaded, asked)
    report.end()


def measure(
    report: Report, client: Load, server: Server, path: Path, loaded: Loaded, asked: argparse.Namespace
) -> None:
    """Both in turn."""
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
    bare, ours, errors, cost, slow, sample = [], [], 0, [], [], ""
    for number in range(asked.rounds + 1):
        rows = commits(path, asked.seconds)
        before = processor_seconds(server.pid)
        done = client.run(server.port, replies, seconds=asked.seconds, concurrency=CONCURRENCY)
        used = processor_seconds(server.pid) - before
        errors, sample = errors + done.errors, sample or done.sample
        if number:
            bare.append(rows)
            ours.append(done.rate)
            cost.append(used / done.requests * 1000)
            slow.append(done.slowest(0.99))
    report.table(
        ("", "a second", "slowest 1 % after ms", "processor ms"),
        [
            ("bare commits of one row", f"{median(bare):.0f}", "", ""),
            ("replies", f"{median(ours):.0f}", f"{median(slow):.0f}", f"{median(cost):.2f}"),
        ],
    )
    report.noise("bare commits a second", bare)
    report.noise("replies a second", ours)
    if sample:
        report.say(f"The first error: {sample}")
    part = median([mine / rows for mine, rows in zip(ours, bare, strict=True)])
    report.bar("replies, part of the bare commits", part, least=0.2)
    report.bar("errors", errors, most=0)


if __name__ == "__main__":
    main()
