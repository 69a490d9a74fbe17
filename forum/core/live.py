"""Live: Socket.IO rooms. Who a socket belongs to is asked of its session cookie at every event, and who may stay in a
room is asked again whenever somebody's access shrank (the stamp), at the latest every half minute.

Only websockets: several server processes then need no stickiness; where websockets are blocked the page asks for the
gap over HTTP.
"""

import logging
import time
from collections import defaultdict, deque
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import gevent
from flask import Flask, current_app, request
from flask_socketio import SocketIO
from gevent.monkey import is_module_patched
from socketio import RedisManager

from forum.core import stamps
from forum.core.db import db
from forum.core.errors import Invalid, Refused, TooMany, Unavailable
from forum.core.languages import LANGUAGES, Speech, speaking
from forum.core.languages import gettext as _
from forum.core.languages.speech import DEFAULT_REGION
from forum.core.packets import TypedPacket, quiet, show_out
from forum.core.reader import Reader
from forum.core.settings import Settings
from forum.core.web import HEADERS, current_reader, preferred_language

log = logging.getLogger(__name__)

LARGEST_EVENT = 64_000  # bytes
LARGEST_ID = 2**53
EVENTS, PER = 60, 10.0  # so many events of one socket in so many seconds
ROOMS = 20  # topics that one socket may watch
ASK_EVERY = 1.0  # seconds between looks at the access stamp: lost access is lost within two
ASK_ANYWAY = 30.0  # seconds after which sockets are asked whatever the stamp says: sessions also end by the clock

Handler = Callable[[Reader, "Connection", dict[str, Any]], dict[str, Any]]
Allowed = Callable[[int, Collection[int]], tuple[bool, Collection[int]]]


@dataclass
class Connection:
    """One socket of this process."""

    sid: str
    session_id: int | None
    member_id: int | None
    language: str
    rooms: dict[str, tuple[str, int]] = field(default_factory=dict)  # {room: (kind, id)}
    recent: deque[float] = field(default_factory=deque)

    def count(self) -> None:
        """One more event; raises TooMany."""
        now = time.monotonic()
        while self.recent and now - self.recent[0] > PER:
            self.recent.popleft()
        if len(self.recent) >= EVENTS:
            raise TooMany(retry_after=int(PER))
        self.recent.append(now)


class Live:
    """The sockets of one process."""

    def __init__(self, app: Flask, settings: Settings, find_open_sessions: Callable[[Iterable[int]], set[int]]) -> None:
        self.app = app
        self.has_others = settings.redis_url is not None
        self.connections: dict[str, Connection] = {}
        self.checks: dict[str, Allowed] = {}
        self.find_open_sessions = find_open_sessions
        self._watch: gevent.Greenlet | None = None
        self.socketio = SocketIO(
            app,
            async_mode="gevent" if is_module_patched("threading") else "threading",
            transports=["websocket"],
            cors_allowed_origins=list(settings.origins),
            max_http_buffer_size=LARGEST_EVENT,
            serializer=TypedPacket,
            manage_session=False,
            client_manager=RedisManager(settings.redis_url, channel=settings.channel) if settings.redis_url else None,
            logger=False,
            engineio_logger=False,
        )
        show_out(self.socketio.server)
        app.wsgi_app = quiet(app.wsgi_app, HEADERS.items())  # type: ignore[method-assign]
        self.socketio.on_event("connect", self._connect)
        self.socketio.on_event("disconnect", self._disconnect)
        self.socketio.on_error_default(self._failed)

    def on(self, name: str, handler: Handler) -> None:
        """Answer an event: `handler(reader, connection, payload)`; its refusals become {"error": …}."""

        def answer(*arguments: Any) -> dict[str, Any]:
            return self._answer(handler, arguments)

        self.socketio.on_event(name, answer)

    def check(self, kind: str, allowed: Allowed) -> None:
        """Who may stay in rooms of this kind: `allowed(id, member ids)` gives (guests too?, the members of them)."""
        self.checks[kind] = allowed

    def join(self, connection: Connection, room: str, *, kind: str, id: int) -> None:
        """Put a socket that has passed the door into a room."""
        if room not in connection.rooms and len(connection.rooms) >= ROOMS:
            raise TooMany(retry_after=60)
        connection.rooms[room] = (kind, id)
        self.socketio.server.enter_room(connection.sid, room)

    def leave(self, connection: Connection, room: str) -> None:
        """Take a socket out of a room."""
        if connection.rooms.pop(room, None):
            self.socketio.server.leave_room(connection.sid, room)

    def send(self, room: str, event: str, data: Mapping[str, Any]) -> None:
        """Tell everybody in a room, in every process."""
        self.socketio.emit(event, dict(data), to=room)

    def watched_languages(self, room: str) -> list[str]:
        """The interface languages in which somebody is in `room:<language>`."""
        return [language for language in LANGUAGES if self.is_watched(f"{room}:{language}")]

    def is_watched(self, room: str) -> bool:
        """Is somebody in this room? Yes, where other processes may know of somebody."""
        return self.has_others or bool(self.socketio.server.manager.rooms.get("/", {}).get(room))

    def _connect(self, _auth: Any = None) -> bool:
        reader = current_reader()
        if reader.owes_second_step:
            return False
        asked = request.args.get("language", "")
        sid: str = request.sid  # type: ignore[attr-defined]
        language = asked if asked in LANGUAGES else preferred_language()
        self.connections[sid] = Connection(sid, reader.session_id, reader.id, language)
        if reader.id is not None:
            self.socketio.server.enter_room(sid, f"member:{reader.id}")
        if self._watch is None and is_module_patched("threading"):
            self._watch = gevent.spawn(self._keep_asking)
        db.session.remove()
        return True

    def _disconnect(self, *_reason: Any) -> None:
        self.connections.pop(request.sid, None)  # type: ignore[attr-defined]

    def _failed(self, error: Exception) -> dict[str, Any]:
        log.error("socket: %r", error, exc_info=error)
        return Unavailable().as_json()

    def _answer(self, handler: Handler, arguments: tuple[Any, ...]) -> dict[str, Any]:
        connection = self.connections.get(request.sid)  # type: ignore[attr-defined]
        if connection is None:
            return Refused().as_json()
        reader = current_reader()
        speech = Speech(connection.language, region=reader.region or DEFAULT_REGION)
        with speaking(speech):
            try:
                connection.count()
                if reader.session_id != connection.session_id or reader.owes_second_step:
                    self.socketio.server.disconnect(connection.sid)
                    return Refused().as_json()
                if len(arguments) != 1 or not isinstance(arguments[0], dict):
                    raise Invalid(_("An event carries one object."))
                return handler(reader, connection, arguments[0])
            except Refused as refused:
                return refused.as_json()
            finally:
                db.session.remove()

    def _keep_asking(self) -> None:
        """Greenlet: look at the stamp each second while there are sockets."""
        seen, last = -1, time.monotonic()
        while True:
            gevent.sleep(ASK_EVERY)
            if not self.connections:
                continue
            try:
                with self.app.app_context():
                    stamp = stamps.value(stamps.ACCESS)
                    if stamp != seen or time.monotonic() - last > ASK_ANYWAY:
                        self.ask_again()
                        seen, last = stamp, time.monotonic()
            except Exception:
                log.exception("sockets could not be asked again; the next look is in a second")

    def ask_again(self) -> None:
        """Disconnect sockets whose session is over; take the others out of rooms that they may not see any more."""
        connections = list(self.connections.values())
        signed_in = {c.session_id for c in connections if c.session_id is not None}
        still_open = self.find_open_sessions(signed_in)
        for connection in connections:
            if connection.session_id is not None and connection.session_id not in still_open:
                self.socketio.server.disconnect(connection.sid)
        by_subject: dict[tuple[str, int], list[tuple[Connection, str]]] = defaultdict(list)
        for connection in connections:
            for room, subject in list(connection.rooms.items()):
                by_subject[subject].append((connection, room))
        for (kind, id), inside in by_subject.items():
            guests, members = self.checks[kind](id, {c.member_id for c, _room in inside if c.member_id is not None})
            for connection, room in inside:
                allowed = guests if connection.member_id is None else connection.member_id in members
                if not allowed:
                    self.leave(connection, room)
                    self.socketio.emit(f"{kind}:left", {kind: id}, to=connection.sid)


def whole_in(payload: Mapping[str, Any], name: str, least: int = 0) -> int:
    """A whole number that an event carries; raises Invalid for anything else."""
    value = payload.get(name)
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= LARGEST_ID:
        raise Invalid(fields={name: _("This must be a whole number.")})
    return value


def language_in(payload: Mapping[str, Any], connection: Connection) -> str:
    """The interface language that an event asks for, or the socket's own; raises Invalid."""
    asked = payload.get("language")
    language = connection.language if asked is None else asked
    if language not in LANGUAGES:
        raise Invalid(fields={"language": _("Choose one of the four languages.")})
    return str(language)


def init_app(app: Flask, settings: Settings, *, find_open_sessions: Callable[[Iterable[int]], set[int]]) -> Live:
    """Open the sockets; `find_open_sessions(ids)` gives those of the sessions that are still good."""
    app.extensions["live"] = made = Live(app, settings, find_open_sessions)
    return made


def current_live() -> Live:
    """The sockets of the running application."""
    live: Live = current_app.extensions["live"]
    return live
