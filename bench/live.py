"""One reply to a thousand watchers, each another member, against a bare Flask-SocketIO broadcast of the same bytes.

The clock of a round begins when the reply (to the bare server: the message) is sent, and ends when 99 of 100 watchers
have it.
"""

import argparse
import http.client
import json
import random
import re
import time
from collections.abc import Mapping
from typing import Any

from bench._loading import MEMBERS, Loaded, load
from bench._report import Report, median
from bench._serving import Server, folder, memory, processor_seconds
from bench._watchers import Watchers

WORDS = "A reply for **everybody** who watches, with the mark {mark}. " + "It says a little more than that. " * 6


def send(server: Server, path: str, body: Mapping[str, Any], token: str | None = None) -> float:
    """One POST on an open connection; when it was sent."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    connection.connect()
    headers = server.headers(token) | {"Content-Type": "application/json"}
    began = time.monotonic()
    connection.request("POST", path, json.dumps(body).encode(), headers)
    answer = connection.getresponse()
    said = answer.read()
    connection.close()
    if answer.status not in (200, 201):
        raise RuntimeError(f"{answer.status} {said[:500]!r}")
    return began


class Measured:
    """A server with its watchers, and what its rounds found."""

    def __init__(self, server: Server, watchers: Watchers, number: int, topic: int) -> None:
        self.server = server
        self.watchers = watchers
        self.number = number
        self.frame = ""
        self.half: list[float] = []
        self.nearly_all: list[float] = []
        self.cost: list[float] = []
        before = memory(server.pid)
        began = time.monotonic()
        watchers.connect(server.port, [Loaded.token(one) for one in range(1, number + 1)], topic)
        self.connecting = time.monotonic() - began
        time.sleep(1)
        self.each = (memory(server.pid) - before) / number

    def round(self, path: str, body: Mapping[str, Any], mark: str, token: str | None, *, keep: bool) -> None:
        """Send and wait."""
        self.watchers.expect(self.server.port, mark)
        used = processor_seconds(self.server.pid)
        began = send(self.server, path, body, token)
        arrived, self.frame = self.watchers.arrivals()
        if len(arrived) < self.number:
            raise RuntimeError(f"only {len(arrived)} of {self.number} watchers got it")
        time.sleep(0.3)  # what is left to do
        if keep:
            took = [(at - began) * 1000 for at in arrived]
            self.half.append(took[self.number // 2])
            self.nearly_all.append(took[self.number * 99 // 100 - 1])
            self.cost.append((processor_seconds(self.server.pid) - used) * 1000)


def main() -> None:
    """Measure."""
    options = argparse.ArgumentParser(prog="make bench NAME=live", description=__doc__)
    options.add_argument("--watchers", type=int, default=MEMBERS)
    options.add_argument("--rounds", type=int, default=25)
    asked = options.parse_args()
    report = Report(f"One reply to {asked.watchers:,} watchers, against a bare Flask-SocketIO broadcast")
    with folder() as at:
        url = f"sqlite:///{at / 'forum.db'}"
        loaded = load(url, at)
        with (
            Server(at / "forum", "wsgi.py", DATABASE_URL=url) as forum,
            Server(at / "bare", "-m", "bench._server", "sockets") as bare,
            Watchers() as watchers,
        ):
            measure(report, forum, bare, watchers, loaded, asked)
    report.end()


def measure(
    report: Report, forum: Server, bare: Server, watchers: Watchers, loaded: Loaded, asked: argparse.Namespace
) -> None:
    """Rounds of both, in an order of their own."""
    topic = loaded.long[0]
    ours = Measured(forum, watchers, asked.watchers, topic)
    theirs = Measured(bare, watchers, asked.watchers, topic)
    for number in range(asked.rounds + 2):
        keep = number > 1  # the first rounds warm up, and show the forum's frame
        for which in ("ours", "theirs") if not number else random.sample(("ours", "theirs"), 2):
            mark = f"mark{number:04}{which[0]}"
            if which == "ours":
                body: dict[str, Any] = {"words": WORDS.format(mark=mark), "language": "en", "key": mark}
                token = Loaded.token(random.randint(1, MEMBERS))
                ours.round(f"/api/v1/topics/{topic}/posts", body, mark, token, keep=keep)
            else:
                body = json.loads(ours.frame[2:])[1]
                body["html"] = re.sub(r"mark\d{4}o", mark, body["html"])
                theirs.round("/post", body, mark, None, keep=keep)
    rows = [
        (
            name,
            f"{median(one.half):.0f}",
            f"{median(one.nearly_all):.0f}",
            f"{median(one.cost):.0f}",
            f"{one.each / 1024:.0f}",
            f"{one.connecting:.1f}",
        )
        for name, one in (("the forum's reply", ours), ("bare broadcast", theirs))
    ]
    head = ("", "50 % after ms", "99 % after ms", "processor ms", "KiB a socket", "connecting s")
    report.table(head, rows)
    report.say(f"Bytes of the frame: {len(ours.frame.encode()):,} and {len(theirs.frame.encode()):,}.")
    report.noise("the bare broadcast's 99 %", theirs.nearly_all)
    part = median([mine / its for mine, its in zip(ours.nearly_all, theirs.nearly_all, strict=True)])
    report.bar("time until 99 % have it, times the bare broadcast's", part, most=1.5)


if __name__ == "__main__":
    main()
