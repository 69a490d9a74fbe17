"""Fills an empty database with very many posts, past the actions: they would take days.

Every hundred topics are alike: thirty of 25 posts, forty of 4 and thirty of 3, a thousand posts together, written in
turns as people do, so that a topic's posts do not lie side by side. One in twenty topics stands in a private space.
A larger database is more of the same, so what differs in the cost of a page is the number of rows behind it.
"""

import hashlib
import itertools
import sqlite3
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from flask_migrate import upgrade
from sqlalchemy import insert, text

from bench._serving import ROOT
from forum import create_app
from forum.core import clock
from forum.core.db import db, transaction
from forum.core.languages import LANGUAGES, coarse_skeleton, fold, skeleton, sort_key
from forum.core.settings import Settings
from forum.core.text import render
from forum.following.models import Follow, Level, Origin
from forum.members.models import Member, SignInSession
from forum.municipalities.actions import add_municipality
from forum.spaces.actions import add_to_space, open_space
from forum.spaces.models import SpaceKind
from forum.topics.models import Post, ReadMark, Topic
from forum.workshops.actions import WorkshopPlan, add_workshop
from forum.workshops.models import Phase, WorkshopKind, WorkshopTopic

BLOCK = 100  # topics of a thousand posts
LONG = 25  # posts of a long topic: its first page is full
MEMBERS = 1000
TOWNS = 40
WORKSHOPS = 10
OPENED = 60  # topics that each reader has opened, from the oldest to the newest, three of four with unread posts
NAMES = ("Amal Haddad", "سامر الخطيب", "Élise Moreau", "Ayşe Yılmaz", "Karim Ben Salah", "رنا العبدالله")
WORDS = ROOT / "forum/demo/data/posts"


@dataclass(frozen=True)
class Loaded:
    """What stands in the database."""

    url: str
    posts: int
    long: list[int]  # topics in the public space whose first page is full
    longest: int | None  # the one very long topic

    @staticmethod
    def token(member_id: int) -> str:
        """The session's token of a member, 1 to MEMBERS."""
        return f"bench-{member_id}"

    @staticmethod
    def author(topic_id: int, number: int) -> int:
        """Who wrote a post."""
        return (topic_id * 7 + number * 13) % MEMBERS + 1


def load(url: str, folder: Path, *, posts: int = 1000, longest: int = 0) -> Loaded:
    """Make the tables and so many posts; `longest` of them in one topic."""
    settings = Settings.from_environment({"MODE": "test", "DATA_FOLDER": str(folder), "DATABASE_URL": url})
    app = create_app(settings)
    topics = (posts - longest) // 1000 * BLOCK
    last = topics + 1 if longest else None
    with app.app_context():
        upgrade()
        with transaction():
            public, private = _make_places()
            db.session.execute(insert(Member), list(_members()))
            db.session.execute(insert(SignInSession), list(_sessions()))
            for member_id in range(1, MEMBERS + 1, 10):
                add_to_space(private, member_id=member_id, by=None)
        rows = _Rows(topics, longest, public.id, private.id)
        _copy({Topic: rows.topics(), Post: rows.posts(), WorkshopTopic: rows.stamps()})
        with transaction():
            for kind, made in ((ReadMark, rows.read_marks()), (Follow, rows.follows())):
                db.session.execute(insert(kind), list(made))
        _finish()
        db.session.remove()
        db.engine.dispose()
    return Loaded(url, posts, [one for one in range(1, topics + 1) if one % 10 < 3], last)


def _make_places() -> tuple[Any, Any]:
    for at in range(1, TOWNS + 1):
        add_municipality(country="JO", zone="Asia/Amman", names=dict.fromkeys(LANGUAGES, f"Town {at}"))
    public = open_space(kind=SpaceKind.PUBLIC, names=dict.fromkeys(LANGUAGES, "Public"), by=None)
    private = open_space(kind=SpaceKind.PRIVATE, names=dict.fromkeys(LANGUAGES, "Private"), by=None)
    for at in range(1, WORKSHOPS + 1):
        starts = datetime(2024, 1, at, 9, 0)
        plan = WorkshopPlan(
            kind=WorkshopKind.WEBINAR,
            zone="Asia/Amman",
            starts=starts,
            ends=starts + timedelta(hours=2),
            is_online=True,
            colour="teal",
            title=dict.fromkeys(LANGUAGES, f"Webinar {at}: partnerships between municipalities"),
            summary=dict.fromkeys(LANGUAGES, "What it is about."),
            words=dict.fromkeys(LANGUAGES, "What it is about, at length."),
            spoken=("ar", "en"),
            interpretation=(),
        )
        add_workshop(plan, space_id=public.id, by=None)
    return public, private


def _members() -> Iterator[dict[str, Any]]:
    for id in range(1, MEMBERS + 1):
        name = f"{NAMES[id % len(NAMES)]} {id}"
        language = ("en", "ar", "fr", "tr", "fr", "ar")[id % len(NAMES)]
        yield {
            "id": id,
            "email": f"member{id}@example.org",
            "password_hash": "!",
            "display_name": name,
            "name_language": language,
            "sort_key": sort_key(name, language),
            "folded_name": fold(name),
            "skeleton": skeleton(name),
            "coarse_skeleton": coarse_skeleton(name),
            "municipality_id": id % TOWNS + 1,
            "language": "en",
            "zone": "Asia/Amman",
            "created_at": clock.now(),
        }


def _sessions() -> Iterator[dict[str, Any]]:
    now = clock.now()
    for id in range(1, MEMBERS + 1):
        yield {
            "token_hash": hashlib.sha256(Loaded.token(id).encode()).digest(),
            "member_id": id,
            "csrf": f"bench-csrf-{id}",
            "address": "127.0.0.1",
            "agent": "bench",
            "created_at": now,
            "seen_at": now,
            "expires_at": now + timedelta(days=1),
        }


class _Rows:
    """The many rows, as tuples in the order of the columns that stand in front of them."""

    def __init__(self, topics: int, longest: int, public_id: int, private_id: int) -> None:
        self.number = topics
        self.longest = longest
        self.spaces = public_id, private_id
        self.began = clock.now() - timedelta(minutes=10 * (topics + 2))
        self.texts = list(_texts())

    def at(self, topic_id: int) -> str:
        """A moment as both databases take it."""
        return f"{self.began + timedelta(minutes=10 * topic_id):%Y-%m-%d %H:%M:%S.%f}"

    @staticmethod
    def length(topic_id: int) -> int:
        """How many posts a topic has."""
        return LONG if topic_id % 10 < 3 else 4 if topic_id % 10 < 7 else 3

    def topics(self) -> Iterator[Sequence[Any]]:
        """Every topic."""
        yield (
            *("id", "space_id", "author_id", "municipality_id", "title", "language", "language_source", "direction"),
            *("slug", "state", "created_at", "last_post_at", "last_author_id", "last_number", "last_position"),
            *("post_count", "change", "head_change"),
        )
        lengths = [(one, self.length(one)) for one in range(1, self.number + 1)]
        for id, many in lengths + ([(self.number + 1, self.longest)] if self.longest else []):
            author, last = Loaded.author(id, 1), Loaded.author(id, many)
            space, at, slug = self.spaces[id % 20 == 19], self.at(id), f"how-do-two-towns-work-together-{id}"
            title = f"How do two towns work together? {id}"
            yield (
                *(id, space, author, author % TOWNS + 1, title, "en", "declared", "ltr"),
                *(slug, "open", at, at, last, many, many, many, many, 1),
            )

    def posts(self) -> Iterator[Sequence[Any]]:
        """Every post: each hundred topics in turns, then the one long topic."""
        yield (
            *("id", "topic_id", "number", "position", "author_id", "byline", "municipality_id", "words", "html"),
            *("renderer", "language", "language_source", "direction", "state", "version", "change", "created_at"),
        )
        ids = itertools.count(1)
        for first in range(1, self.number + 1, BLOCK):
            for number in range(1, LONG + 1):
                for topic_id in range(first, first + BLOCK):
                    if number <= self.length(topic_id):
                        yield self._post(next(ids), topic_id, number)
        for number in range(1, self.longest + 1):
            yield self._post(next(ids), self.number + 1, number)

    def _post(self, id: int, topic_id: int, number: int) -> Sequence[Any]:
        author = Loaded.author(topic_id, number)
        words, html, renderer, language, direction = self.texts[id % len(self.texts)]
        return (
            *(id, topic_id, number, number, author, "member", author % TOWNS + 1, words, html),
            *(renderer, language, "declared", direction, "shown", 1, number, self.at(topic_id)),
        )

    def stamps(self) -> Iterator[Sequence[Any]]:
        """Half of the topics belong to a workshop."""
        yield "topic_id", "workshop_id", "phase"
        for id in range(2, self.number + 1, 2):
            yield id, id // 2 % WORKSHOPS + 1, Phase.AFTER

    def read_marks(self) -> Iterator[dict[str, Any]]:
        """What the first twenty members have opened."""
        for member_id, topic_id, at in self._opened():
            number = self.length(topic_id) if at % 4 == 0 else 1
            yield {"member_id": member_id, "topic_id": topic_id, "number": number, "read_at": clock.now()}

    def follows(self) -> Iterator[dict[str, Any]]:
        """And that they follow half of it."""
        for member_id, topic_id, at in self._opened():
            if at % 2:
                named = {"subject_kind": "topic", "subject_id": topic_id, "level": Level.ALL, "origin": Origin.AUTHOR}
                yield {"member_id": member_id, **named, "since": clock.now()}

    def _opened(self) -> Iterator[tuple[int, int, int]]:
        """(member, topic, count). Short topics only: nobody has to be told of a reply to a long one."""
        short = [one for one in range(1, self.number + 1) if one % 10 > 2]
        for member_id in range(1, 21):
            for at in range(OPENED):
                yield member_id, short[at * len(short) // OPENED], at


def _texts() -> Iterator[tuple[str, str, int, str, str]]:
    """The posts of the demonstration, each rendered once."""
    for path in sorted(WORDS.glob("*.toml")):
        for post in tomllib.loads(path.read_text())["post"]:
            done = render(post["words"], language=post["language"])
            yield post["words"], done.html, done.renderer, post["language"], done.direction


def _copy(tables: dict[type, Iterator[Sequence[Any]]]) -> None:
    """Rows straight through the driver; the first of each table names the columns."""
    raw = db.engine.raw_connection()
    try:
        driver: Any = raw.dbapi_connection
        for model, rows in tables.items():
            _copy_table(driver, model.__tablename__, ", ".join(next(rows)), rows)  # type: ignore[attr-defined]
    finally:
        raw.close()


def _copy_table(driver: Any, table: str, columns: str, rows: Iterable[Sequence[Any]]) -> None:
    if isinstance(driver, sqlite3.Connection):
        driver.execute("PRAGMA synchronous=OFF")
        driver.execute("BEGIN")
        driver.executemany(f"INSERT INTO {table} ({columns}) VALUES ({','.join('?' * (columns.count(',') + 1))})", rows)
        driver.execute("COMMIT")
        driver.execute("PRAGMA synchronous=FULL")
        return
    with driver.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copying:
        for row in rows:
            copying.write_row(row)
    driver.commit()


def _finish() -> None:
    """What time would have done: numbers go on behind ours; PostgreSQL knows its tables."""
    if db.engine.dialect.name == "sqlite":
        with db.engine.connect() as connection:
            connection.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # type: ignore[attr-defined]
        return
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for table in ("members", "topics", "posts"):
            connection.execute(text(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"))
        connection.execute(text("VACUUM ANALYZE"))
