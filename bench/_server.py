"""Servers that only measurements need; run as `python -m bench._server KIND …` by `bench._serving.Server`.

`forum` is the forum, and says of a request with the header `X-Count` how many SQL statements it took.
`cold` is the same without any memory of what it drew. `drawing` draws every page anew, from kept posts.
`pages PATH…` is a bare Flask view for each file, which it answers at /0, /1, …
`rows FILE` is a bare Flask view that commits one row of what is posted to /rows into an SQLite file.
`sockets` is a bare Flask-SocketIO that broadcasts what is posted to it.
"""

from gevent import monkey

monkey.patch_all()

import gc  # noqa: E402
import os  # noqa: E402
import sys  # noqa: E402
from collections.abc import Callable, Iterable  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any  # noqa: E402

import psycopg  # noqa: E402
from flask import Flask, Response, request  # noqa: E402
from flask_socketio import SocketIO, join_room  # noqa: E402
from gevent.pywsgi import WSGIServer  # noqa: E402
from sqlalchemy import event  # noqa: E402

from bench import _commits as commits  # noqa: E402
from forum import create_app  # noqa: E402
from forum.core import frame  # noqa: E402
from forum.core import server as embedded  # noqa: E402
from forum.core.cache import ByteCache  # noqa: E402
from forum.core.db import db  # noqa: E402
from forum.core.settings import Settings  # noqa: E402
from forum.topics import fragments  # noqa: E402
from forum.topics.views import memory  # noqa: E402

NOT_COUNTED = ("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA", "SAVEPOINT", "RELEASE", "--")


class Counting:
    """WSGI: counts what the driver is told, below SQLAlchemy, during a request that asks for it. One at a time."""

    def __init__(self, app: Flask) -> None:
        self.app = app.wsgi_app
        self.connections: list[Any] = []
        self.said: list[str] = []
        with app.app_context():
            event.listen(db.engine, "connect", lambda raw, _record: self.connections.append(raw))
            db.engine.dispose()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Serve one request."""
        if "HTTP_X_COUNT" not in environ:
            return self.app(environ, start_response)
        self.said.clear()
        self._listen(self.note)

        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            return start_response(status, [*headers, ("X-Counted", str(len(self.said)))], *more)

        try:
            return self.app(environ, start)
        finally:
            self._listen(None)

    def note(self, statement: str) -> None:
        """One statement more."""
        if not statement.lstrip().upper().startswith(NOT_COUNTED):
            self.said.append(statement)

    def _listen(self, note: Callable[[str], None] | None) -> None:
        for one in self.connections:
            if isinstance(one, psycopg.Connection):
                one.cursor_factory = _noting(note) if note else psycopg.Cursor
            else:
                one.set_trace_callback(note)


def _noting(note: Callable[[str], None]) -> type[psycopg.Cursor]:
    class Noting(psycopg.Cursor):
        def execute(self, query: Any, *arguments: Any, **options: Any) -> Any:
            note(str(query))
            return super().execute(query, *arguments, **options)

    return Noting


def _forget(caches: Iterable[ByteCache]) -> None:
    for one in caches:
        one.get = lambda _key: None  # type: ignore[method-assign]


def _forum(kind: str) -> None:
    settings = Settings.from_environment()
    app = create_app(settings)
    if kind != "forum":
        app.wsgi_app = app.wsgi_app.app  # type: ignore[method-assign,attr-defined]  # what stands in front
        _forget([memory.pages, frame._viewers, *([fragments._kept] if kind == "cold" else [])])
    app.wsgi_app = Counting(app)  # type: ignore[method-assign]
    embedded.serve(app, settings)


def _bare(app: Flask) -> None:
    """Serve as the forum does: the same listener, the same care of the collector."""
    own = embedded.listener(int(os.environ["PORT"]))
    gc.collect()
    gc.set_threshold(5000, 20, 20)
    gc.freeze()
    WSGIServer(own, embedded.Yielding(app), log=None).serve_forever()


def _pages(paths: list[str]) -> None:
    app = Flask("bare")
    bodies = [Path(path).read_bytes() for path in paths]
    app.add_url_rule("/<int:number>", "page", lambda number: Response(bodies[number], mimetype="text/html"))
    _bare(app)


def _rows(path: str) -> None:
    app = Flask("bare")
    connection = commits.connect(Path(path))

    @app.post("/rows")
    def add() -> tuple[dict[str, bool], int]:
        commits.commit(connection, request.get_json()["words"])
        return {"ok": True}, 201

    _bare(app)


def _sockets() -> None:
    app = Flask("bare")
    live = SocketIO(app, async_mode="gevent", transports=["websocket"], cors_allowed_origins="*")

    @live.on("topic:join")
    def join(_payload: dict[str, Any]) -> dict[str, Any]:
        join_room("topic")
        return {"ok": True}

    @app.post("/post")
    def post() -> str:
        live.emit("post:added", request.get_json(), to="topic")
        return "sent"

    _bare(app)


if __name__ == "__main__":
    if sys.argv[1] == "pages":
        _pages(sys.argv[2:])
    elif sys.argv[1] == "rows":
        _rows(sys.argv[2])
    elif sys.argv[1] == "sockets":
        _sockets()
    else:
        _forum(sys.argv[1])
