"""What pages and replies cost with 1,000,000 posts in the database, against the same with 1,000.

Nothing is kept in memory between requests here, so that the database is asked every time. The last page of a topic of
50,000 posts is compared with its first. On SQLite, or with `--postgresql` on a PostgreSQL that the measurement starts.
"""

import argparse
import json
import random
import re
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from urllib.request import Request, urlopen

from bench._load import Load, request
from bench._loading import OPENED, Loaded, load
from bench._report import Report, median
from bench._serving import Server, folder, processor_seconds
from tests import services

MOST = 1.2
READER = 5  # has opened some topics, as `_loading` says
PLACES = 300  # topics that a round visits in turn, at most
REPLIED = 30  # topics that are replied to


@dataclass(frozen=True)
class Site:
    """A database with a server in front of it."""

    loaded: Loaded
    server: Server
    database: list[int]  # PostgreSQL's process, if it is one

    def used(self) -> float:
        """Processor seconds of the server and the database so far."""
        return processor_seconds(self.server.pid, *self.database)


@dataclass(frozen=True)
class Task:
    """Something to ask of a site; `requests` are sent in turn."""

    name: str
    site: Site
    requests: list[list[str]]
    count: int
    rest: float = 0.0  # seconds after the last answer in which work for later is done


def get(site: Site, path: str, member: bool = False) -> list[str]:
    """A request for a page."""
    return request("GET", path, site.server.headers(Loaded.token(READER) if member else None))


def deep(site: Site, pages: int) -> str:
    """The address of a page far down the list of topics."""
    path = "/en/topics"
    for _page in range(pages):
        asked = Request(site.server.origin + path, headers=site.server.headers(Loaded.token(READER)))
        with urlopen(asked, timeout=60) as answer:
            found = re.search(r'href="(/en/topics\?cursor=[^"]+)"', answer.read().decode())
        if found is None:
            break
        path = found[1].replace("&amp;", "&")
    return path


def tasks_of(site: Site, count: int) -> list[Task]:
    """What is compared between the two databases."""
    topics = random.Random(1).sample(site.loaded.long, min(PLACES, len(site.loaded.long)))
    down = deep(site, 2 if len(site.loaded.long) < 100 else 200)
    body = json.dumps({"words": "A reply with a **word** in bold and number {n}.", "language": "en", "key": "{n}"})
    kind = {"Content-Type": "application/json"}
    # Ten members each write in the same thirty topics, so that both databases have as many people to tell.
    replies = [
        request("POST", f"/api/v1/topics/{id}/posts", site.server.headers(Loaded.token(member)) | kind, body)
        for member in range(100, 110)
        for id in topics[:REPLIED]
    ]
    return [
        Task("topic page, guest", site, [get(site, f"/en/topics/{id}") for id in topics], count),
        Task("topic page, member", site, [get(site, f"/en/topics/{id}", True) for id in topics], count),
        Task("latest topics, guest", site, [get(site, "/en/topics")], count),
        Task("latest topics, member", site, [get(site, "/en/topics", True)], count),
        Task("far down the list, member", site, [get(site, down, True)], count),
        Task(f"unread topics, {OPENED} opened", site, [get(site, "/en/topics/unread", True)], count),
        Task("reply", site, replies, min(count, 100), rest=0.5),
    ]


def ends_of(site: Site, count: int) -> list[Task]:
    """First and last page of the longest topic."""
    path = f"/en/topics/{site.loaded.longest}"
    with urlopen(Request(site.server.origin + path, headers=site.server.headers()), timeout=60) as answer:
        last = max(map(int, re.findall(r"\?page=(\d+)", answer.read().decode())))
    return [
        Task("first page of the longest topic", site, [get(site, path)], count),
        Task("last page of the longest topic", site, [get(site, f"{path}?page={last}")], count),
    ]


def milliseconds(client: Load, task: Task) -> float:
    """Processor time a request."""
    before = task.site.used()
    done = client.run(task.site.server.port, task.requests, count=task.count, concurrency=4)
    time.sleep(task.rest)
    if done.errors:
        raise RuntimeError(f"{task.name}: {done.errors} errors; {done.sample}")
    return (task.site.used() - before) / done.requests * 1000


def statements(task: Task) -> int:
    """SQL statements of one request."""
    head, body = task.requests[0]
    lines = head.split("\r\n")
    method, path, _protocol = lines[0].split()
    headers = dict(line.split(": ", 1) for line in lines[1:]) | {"X-Count": "1"}
    data = body.replace("{n}", f"counted-{time.time()}").encode() or None
    asked = Request(task.site.server.origin + path, data, headers, method=method)
    with urlopen(asked, timeout=60) as answer:
        return int(answer.headers["X-Counted"])


def main() -> None:
    """Load both databases, then measure."""
    options = argparse.ArgumentParser(prog="make bench NAME=million", description=__doc__)
    options.add_argument("--posts", type=int, default=1_000_000)
    options.add_argument("--longest", type=int, default=50_000, help="posts of the longest topic")
    options.add_argument("--rounds", type=int, default=7)
    options.add_argument("--count", type=int, default=150, help="requests of each kind in each round")
    options.add_argument("--postgresql", action="store_true")
    asked = options.parse_args()
    name = "PostgreSQL" if asked.postgresql else "SQLite"
    report = Report(f"{asked.posts:,} posts against 1,000, on {name}; nothing kept between requests")
    try:
        with ExitStack() as held:
            at = held.enter_context(folder())
            run(report, held, at, asked)
    finally:
        services.stop()
    report.end()


def site(report: Report, held: ExitStack, at: Path, name: str, asked: argparse.Namespace) -> Site:
    """A database, filled, and a server."""
    began = time.monotonic()
    database = []
    if asked.postgresql:
        url = services.create_database(services.postgresql(), f"bench_{name}")
        database = [keeper.pid for keeper, _url in services._keepers.values()]
    else:
        url = f"sqlite:///{at / name}.db"
    small = name == "small"
    loaded = load(url, at, posts=1000 if small else asked.posts, longest=0 if small else asked.longest)
    report.say(f"{loaded.posts:,} posts loaded in {time.monotonic() - began:.0f} seconds")
    arguments = {"DATABASE_URL": url}
    return Site(loaded, held.enter_context(Server(at / name, "-m", "bench._server", "cold", **arguments)), database)


def run(report: Report, held: ExitStack, at: Path, asked: argparse.Namespace) -> None:
    """Everything between the start of the servers and their end."""
    small, large = (site(report, held, at, name, asked) for name in ("small", "large"))
    client = held.enter_context(Load())
    pairs = list(zip(tasks_of(small, asked.count), tasks_of(large, asked.count), strict=True))
    pairs.append(tuple(ends_of(large, asked.count)))
    counts = [[statements(task) for task in pair] for pair in pairs]
    found: list[list[list[float]]] = [[[], []] for _pair in pairs]
    for number in range(asked.rounds + 1):
        for at_pair in random.sample(range(len(pairs)), len(pairs)):
            for which in random.sample((0, 1), 2):
                took = milliseconds(client, pairs[at_pair][which])
                if number:  # the first round warms up
                    found[at_pair][which].append(took)
    parts = [median([b / a for a, b in zip(*one, strict=True)]) for one in found]
    rows = []
    for pair, (few, many), (less, more), part in zip(pairs, found, counts, parts, strict=True):
        rows.append((pair[1].name, f"{median(few):.2f}", f"{median(many):.2f}", f"{part:.2f}", f"{less}", f"{more}"))
    report.table(("", "1,000: ms", f"{asked.posts:,}: ms", "ratio", "1,000: SQL", f"{asked.posts:,}: SQL"), rows)
    report.say("The last line compares the first page with the last, both in the large database.")
    report.noise("processor time of the topic page, 1,000 posts", found[0][0])
    for pair, (less, more), part in zip(pairs, counts, parts, strict=True):
        report.bar(pair[1].name, part, most=MOST)
        if more > less:
            report.bar(f"{pair[1].name}, SQL statements", more / less, most=MOST)


if __name__ == "__main__":
    main()
