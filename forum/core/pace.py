"""How fast somebody may write: by member, by address and by route, in counts that all processes share.

Redis counts before the request where there is one. Otherwise the database does, in the transaction that writes and in
one statement: nothing but what was written is counted, and nothing is counted twice. Besides, each process refuses
floods of requests that write nothing (previews, refused forms) before it looks at them.
"""

import logging
import re
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, g, has_request_context, request
from redis import Redis
from redis.exceptions import RedisError
from sqlalchemy.orm import Session

from forum.core import clock, limits
from forum.core.db import before_commit
from forum.core.errors import TooMany
from forum.core.reader import Reader
from forum.core.settings import Settings
from forum.core.site import current_site
from forum.core.web import SAFE, current_reader

log = logging.getLogger(__name__)

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
REDIS_WAITS = 0.3  # seconds; then the database counts
REDIS_RESTS = 10.0  # seconds until Redis is asked again
FLOOD = 240  # requests of one member or guest's address that may change something, per minute and process
MOST_KNOWN = 10_000  # members and addresses that a process counts for itself

_links = re.compile(r'href="(https?://[^"/]*)', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Pace:
    """So many in this time."""

    most: int
    window: timedelta


MEMBER = Pace(60, MINUTE)
ADDRESS = Pace(300, MINUTE)  # everybody in the hall of a workshop has the same


@dataclass(frozen=True, slots=True)
class Kind:
    """What several routes do alike: which settings of the site say how much of it a member may do in this window, and
    one who is new in a day."""

    name: str
    window: timedelta
    most: str
    new_most: str


class Tally:
    """The counts of one process, and its way to the shared ones."""

    def __init__(self, settings: Settings, routes: Mapping[str, Kind], unheard: Iterable[str]) -> None:
        self.routes = dict(routes)
        self.unheard = frozenset(unheard)
        self.prefix = settings.channel
        self.redis: Redis | None = None
        if settings.redis_url:
            wait = {"socket_timeout": REDIS_WAITS, "socket_connect_timeout": REDIS_WAITS}
            self.redis = Redis.from_url(settings.redis_url, **wait)
        self.resting_until = 0.0
        self.flood: dict[str, int] = {}
        self.flood_began = 0.0

    def begin(self, reader: Reader) -> None:
        """Before a request that may change something; raises TooMany."""
        if not current_app.config["RATE_LIMITS"]:
            return
        self._refuse_flood(reader)
        if request.endpoint not in self.unheard:
            g.paces = self._paces(reader)
            if self._count_in_redis(g.paces):
                g.paces = {}

    def _refuse_flood(self, reader: Reader) -> None:
        now = time.monotonic()
        if now - self.flood_began > MINUTE.total_seconds() or len(self.flood) > MOST_KNOWN:
            self.flood, self.flood_began = {}, now
        who = f"m{reader.id}" if reader.id else f"a{request.remote_addr}"
        self.flood[who] = self.flood.get(who, 0) + 1
        if self.flood[who] > FLOOD:
            raise _too_many(int(self.flood_began + MINUTE.total_seconds() - now))

    def _paces(self, reader: Reader) -> dict[str, Pace]:
        paces = {f"writes:a{request.remote_addr}": ADDRESS}
        if reader.id is None:
            return paces
        paces[f"writes:m{reader.id}"] = MEMBER
        kind = self.routes.get(request.endpoint or "")
        if kind and not reader.is_staff:
            limits_now = current_site()
            paces[f"{kind.name}:m{reader.id}"] = Pace(getattr(limits_now, kind.most), kind.window)
            if is_new(reader):
                paces[f"{kind.name}:new:m{reader.id}"] = Pace(getattr(limits_now, kind.new_most), DAY)
        return paces

    def _count_in_redis(self, paces: Mapping[str, Pace]) -> bool:
        """Was it counted? Without Redis, or while it is away, the database does it."""
        if self.redis is None or time.monotonic() < self.resting_until:
            return False
        pipe = self.redis.pipeline(transaction=False)
        for name, pace in paces.items():
            key = f"{self.prefix}:{name}:{int(limits.window_of(pace.window).timestamp())}"
            pipe.incr(key)
            pipe.expire(key, int(pace.window.total_seconds()))
        try:
            counts = pipe.execute()[::2]
        except RedisError as error:
            log.warning("Redis does not count: %s; the database does", error)
            self.resting_until = time.monotonic() + REDIS_RESTS
            return False
        _check(paces, dict(zip(paces, counts, strict=True)))
        return True


def count_nothing() -> None:
    """What is sent a second time writes nothing. It is not counted, nor refused for what the first has used up."""
    if has_request_context():
        g.pop("paces", None)


def is_new(reader: Reader) -> bool:
    """Did this member join only just? Where limits are off nobody did."""
    if not current_app.config["RATE_LIMITS"] or reader.joined_at is None or reader.is_staff:
        return False
    return clock.now() - reader.joined_at < current_site().newcomer_days * DAY


def outward_links(html: str) -> int:
    """How many links of clean HTML lead to other sites."""
    ours = urlsplit(current_app.config["SETTINGS"].base_url).netloc
    return sum(urlsplit(address).netloc != ours for address in _links.findall(html))


def _check(paces: Mapping[str, Pace], counts: Mapping[str, int]) -> None:
    over = [pace for name, pace in paces.items() if counts[name] > pace.most]
    if over:
        raise _too_many(max(limits.seconds_left(pace.window) for pace in over))


def _too_many(seconds: int) -> TooMany:
    refused = TooMany(retry_after=max(1, seconds))
    g.refusal_headers = refused.headers  # also where a form shows the refusal
    return refused


@before_commit
def _count_in_database(_session: Session) -> None:
    """Once in a request, with the first that it writes."""
    paces: dict[str, Pace] = g.pop("paces", {}) if has_request_context() else {}
    if paces:
        _check(paces, limits.count_all({name: pace.window for name, pace in paces.items()}))


def init_app(app: Flask, settings: Settings, *, routes: Mapping[str, Kind], unheard: Iterable[str]) -> None:
    """`routes` are {endpoint: kind}; those in `unheard` are too small to be counted by all."""
    app.extensions["pace"] = tally = Tally(settings, routes, unheard)
    app.after_request(_say_when)

    @app.before_request
    def begin() -> None:
        if request.method not in SAFE:
            tally.begin(current_reader())


def _say_when(response: Response) -> Response:
    response.headers.update(g.get("refusal_headers", {}))
    return response
