"""The topic page of twenty posts, for guests and members, against a bare Flask view of the same bytes.

While it is measured, a reply, an edit and the renaming of an author happen each second, through the forum's own pages
and API; each must show to a guest and to a member within two seconds. Beside it: what the page costs when nothing is
kept, and how many SQL statements it takes.
"""

import argparse
import http.client
import itertools
import json
import random
import re
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from bench._load import Load, request
from bench._loading import Loaded, load
from bench._report import Report, median
from bench._serving import Server, folder, processor_seconds

READER = 5  # the member who reads
EDITED = 3  # the number of the post whose author edits it
WRITTEN = 7  # the number of a post whose author gets another name
SHOWN_WITHIN = 2.0  # seconds
GIVE_UP = 10.0  # seconds until a change counts as lost


def ask(server: Server, method: str, path: str, *, token: str | None = None, body: str = "", **more: str) -> Any:
    """One request; (status, headers, text)."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    try:
        connection.request(method, path, body.encode() or None, server.headers(token) | more)
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read().decode()
    finally:
        connection.close()


class Writing:
    """A reply, an edit and a rename each second, and how long each took until it showed."""

    def __init__(self, server: Server, topic: int) -> None:
        self.server = server
        self.topic = topic
        self.ended = threading.Event()
        self.worst: dict[str, float] = {}
        self.times: dict[str, int] = {}
        self.failed: list[str] = []
        kinds = (("reply", self.reply), ("edit", self.edit), ("rename", self.rename))
        self.threads = [threading.Thread(target=self.go_on, args=kind, daemon=True) for kind in kinds]

    def start(self) -> None:
        """Begin."""
        for thread in self.threads:
            thread.start()

    def stop(self) -> None:
        """Wait until the last of them shows."""
        self.ended.set()
        for thread in self.threads:
            thread.join()

    def go_on(self, what: str, write: Callable[[str], str]) -> None:
        """One kind of writing each second; the watching goes on beside it."""
        watching = []
        began = time.monotonic()
        try:
            for number in itertools.count(1):
                self.times[what] = number
                sent = time.monotonic()
                path = write(f"{what}{number}x")
                for who, token in (("guest", None), ("member", Loaded.token(READER))):
                    watching.append(threading.Thread(target=self.watch, args=(what, number, who, token, path, sent)))
                    watching[-1].start()
                if self.ended.wait(max(0, began + number - time.monotonic())):
                    break
        except Exception as error:
            self.failed.append(f"{what}: {error!r}")
        for thread in watching:
            thread.join()

    def watch(self, what: str, number: int, who: str, token: str | None, path: str, sent: float) -> None:
        """Look until this change shows, or a later one of its kind."""
        seen, name = 0, f"{what} to a {who}"
        while seen < number and time.monotonic() - sent < GIVE_UP:
            page = ask(self.server, "GET", path, token=token)[2]
            seen = max(map(int, re.findall(rf"{what}(\d+)x", page)), default=0)
            if seen < number:
                time.sleep(0.05)
        self.worst[name] = max(self.worst.get(name, 0), time.monotonic() - sent)

    def reply(self, mark: str) -> str:
        """Through the API; it stands on the last page."""
        body = json.dumps({"words": f"A reply with the mark {mark}.", "language": "en", "key": mark})
        token = Loaded.token(READER + 1)
        status, _headers, said = ask(
            self.server,
            "POST",
            f"/api/v1/topics/{self.topic}/posts",
            token=token,
            body=body,
            **{"Content-Type": "application/json"},
        )
        assert status == 201, said
        return f"/en/topics/{self.topic}?page={(json.loads(said)['number'] - 1) // 20 + 1}"

    def edit(self, mark: str) -> str:
        """Through the page's form, by the post's author."""
        token = Loaded.token(Loaded.author(self.topic, EDITED))
        page = ask(self.server, "GET", f"/en/topics/{self.topic}", token=token)[2]
        post = re.search(rf'data-post="(\d+)" data-number="{EDITED}"', page)[1]
        form = self.form(f"/en/posts/{post}/edit", token)
        self.send(f"/en/posts/{post}", token, form | {"_method": "PUT", "words": f"Other words: {mark}."})
        return f"/en/topics/{self.topic}"

    def rename(self, mark: str) -> str:
        """Through the author's own settings."""
        token = Loaded.token(Loaded.author(self.topic, WRITTEN))
        form = self.form("/en/settings", token)
        more = {"display_name": f"Amal {mark}", "language": "en", "digits": "latn", "zone": "Asia/Amman"}
        self.send("/en/settings", token, form | more | {"reads_1": "en"})
        return f"/en/topics/{self.topic}"

    def form(self, path: str, token: str) -> dict[str, str]:
        """The hidden fields that a form carries."""
        status, _headers, page = ask(self.server, "GET", path, token=token)
        assert status == 200, page[:500]
        fields = re.findall(r'name="(csrf_token|version)" value="([^"]*)"', page)
        return dict(reversed(fields))  # the last form is the frame's own; the first of a name wins

    def send(self, path: str, token: str, form: Mapping[str, str]) -> None:
        """Send a form."""
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        status, _headers, said = ask(self.server, "POST", path, token=token, body=urlencode(form), **kind)
        assert status == 303, said[:2000]


@dataclass(frozen=True)
class Target:
    """Something to measure."""

    name: str
    server: Server
    request: list[str]
    bare: str | None = None  # the bare target of the same bytes


def measure(client: Load, targets: list[Target], *, rounds: int, seconds: float) -> dict[str, list[float]]:
    """Milliseconds of processor time a request, per round; each round visits all targets in an order of its own."""
    found: dict[str, list[float]] = {target.name: [] for target in targets}
    for number in range(rounds + 1):
        for target in random.sample(targets, len(targets)):
            before = processor_seconds(target.server.pid)
            done = client.run(target.server.port, [target.request], seconds=seconds)
            used = processor_seconds(target.server.pid) - before
            if done.errors:
                raise RuntimeError(f"{target.name}: {done.errors} errors; {done.sample}")
            if number:  # the first round warms up
                found[target.name].append(used / done.requests * 1000)
    return found


def ratio(found: Mapping[str, list[float]], name: str, bare: str) -> float:
    """How much of the bare server's speed is left: the median of the rounds."""
    return median([mine and its / mine for mine, its in zip(found[name], found[bare], strict=True)])


def counted(server: Server, path: str, token: str | None, wait: float = 0.0) -> str:
    """SQL statements of one request."""
    time.sleep(wait)
    status, headers, said = ask(server, "GET", path, token=token, **{"X-Count": "1"})
    assert status == 200, said[:500]
    return str(headers["X-Counted"])


def main() -> None:
    """Measure."""
    options = argparse.ArgumentParser(prog="make bench NAME=page", description=__doc__)
    options.add_argument("--rounds", type=int, default=9)
    options.add_argument("--seconds", type=float, default=2.0, help="of load for each target in each round")
    asked = options.parse_args()
    report = Report("Topic page of 20 posts, against a bare Flask view of the same bytes")
    with ExitStack() as held:
        at = held.enter_context(folder())
        run(report, held, at, asked)
    report.end()


def run(report: Report, held: ExitStack, at: Path, asked: argparse.Namespace) -> None:
    """Everything between the start of the servers and their end."""
    url = f"sqlite:///{at / 'forum.db'}"
    loaded = load(url, at)
    topic, token = loaded.long[0], Loaded.token(READER)
    path = f"/en/topics/{topic}"
    forum, cold, drawing, counting = (
        held.enter_context(Server(at / name, *arguments, DATABASE_URL=url))
        for name, arguments in (
            ("forum", ("wsgi.py",)),
            ("cold", ("-m", "bench._server", "cold")),
            ("drawing", ("-m", "bench._server", "drawing")),
            ("counting", ("-m", "bench._server", "forum")),
        )
    )
    # The statements first, before anybody writes.
    for who in (None, token):
        counted(counting, path, who)
    warm = [counted(counting, path, None, wait=1.2), counted(counting, path, token)]
    again = counted(counting, path, None)
    anew = [counted(cold, path, None), counted(cold, path, token)]

    files = []
    for name, who in (("guest", None), ("member", token)):
        files.append(at / f"{name}.html")
        files[-1].write_text(ask(forum, "GET", path, token=who)[2])
    bare = held.enter_context(Server(at / "bare", "-m", "bench._server", "pages", *map(str, files)))
    client = held.enter_context(Load())
    brotli = {"Accept-Encoding": "br"}

    def get(server: Server, who: str | None, more: Mapping[str, str] = {}) -> list[str]:
        return request("GET", path, server.headers(who) | dict(more))

    targets = [
        Target("bare, guest's bytes", bare, request("GET", "/0", bare.headers())),
        Target("bare, member's bytes", bare, request("GET", "/1", bare.headers())),
        Target("guest", forum, get(forum, None), "bare, guest's bytes"),
        Target("member", forum, get(forum, token), "bare, member's bytes"),
        Target("guest, compressed", forum, get(forum, None, brotli), "bare, guest's bytes"),
        Target("member, compressed", forum, get(forum, token, brotli), "bare, member's bytes"),
        Target("guest, drawn anew from kept posts", drawing, get(drawing, None), "bare, guest's bytes"),
        Target("member, drawn anew from kept posts", drawing, get(drawing, token), "bare, member's bytes"),
        Target("guest, nothing kept", cold, get(cold, None), "bare, guest's bytes"),
        Target("member, nothing kept", cold, get(cold, token), "bare, member's bytes"),
    ]
    writing = Writing(forum, topic)
    writing.start()
    found = measure(client, targets, rounds=asked.rounds, seconds=asked.seconds)
    writing.stop()

    rows = []
    for target in targets:
        part = f"{ratio(found, target.name, target.bare):.2f}" if target.bare else ""
        rows.append((target.name, f"{median(found[target.name]):.3f}", part))
    sizes = " and ".join(f"{file.stat().st_size:,}" for file in files)
    report.table(("", "processor ms", "of bare"), rows)
    report.table(
        ("SQL statements", "guest", "member"),
        [("kept (a guest's page, a second old)", *warm), ("nothing kept", *anew), ("guest again at once", again, "")],
    )
    shown = [(name, f"{seconds:.2f}") for name, seconds in sorted(writing.worst.items())]
    report.table((f"Slowest of {min(writing.times.values())} each to show", "seconds"), shown)
    report.say(f"Bytes of the page: {sizes}; uncompressed unless said otherwise.")
    report.noise("processor time of the bare view", found["bare, guest's bytes"])
    for failed in writing.failed:
        report.say(f"The writing stopped: {failed}")
    report.bar("guest, part of the bare view", ratio(found, "guest", "bare, guest's bytes"), least=0.5)
    report.bar("member, part of the bare view", ratio(found, "member", "bare, member's bytes"), least=0.4)
    slowest = max(writing.worst.values(), default=99) if not writing.failed else 99
    report.bar("seconds until a reply, an edit, a rename show", slowest, most=SHOWN_WITHIN)
    report.bar("SQL statements for a guest", int(warm[0]), most=1)
    report.bar("SQL statements for a member", int(warm[1]), most=4)


if __name__ == "__main__":
    main()
