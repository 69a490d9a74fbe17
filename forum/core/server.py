"""The embedded server: pages, sockets and jobs in one process on one gevent loop."""

import gc
import signal
import socket
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import gevent
from flask import Flask
from gevent.pywsgi import WSGIHandler, WSGIServer
from werkzeug.exceptions import ClientDisconnected

from forum.core.settings import Settings

BACKLOG = 512


class Yielding:
    """Let other greenlets run after each request: one whose next request is already there would never yield."""

    def __init__(self, app: Callable[..., Iterable[bytes]]) -> None:
        self.app = app

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Serve one request, then give way."""
        answer = self.app(environ, start_response)
        gevent.sleep(0)
        return answer


class Body:
    """A request's body. One that stops coming, or whose line is lost, is the client's affair and no accident of ours:
    reading it raises ClientDisconnected, which is answered with 400 should anybody still listen."""

    def __init__(self, given: Any) -> None:
        self.given = given

    def read(self, size: int | None = None) -> bytes:
        """As of a file."""
        return self._patiently(self.given.read, size)

    def readline(self, size: int | None = None) -> bytes:
        """As of a file."""
        return self._patiently(self.given.readline, size)

    def readlines(self, hint: int | None = None) -> list[bytes]:
        """As of a file."""
        return list(self)

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.readline, b"")

    @staticmethod
    def _patiently(read: Callable[..., bytes], size: int | None) -> bytes:
        try:
            return read(size)
        except OSError as error:
            raise ClientDisconnected from error


class Handler(WSGIHandler):
    """One connection. Clients that are slow on purpose hold it for a bounded time; a weak line has all the time that it
    needs, as long as something comes. What once was a websocket carries no further request, or one could hide behind
    a proxy's back."""

    idle = 65.0  # seconds that a kept connection may be silent between two requests
    heads = 20.0  # seconds for the head of a request
    silence = 30.0  # seconds without a byte of a body
    writing = 600.0  # seconds for each piece of an answer, a page or a part of a file

    def read_requestline(self) -> str:
        """Wait for the next request."""
        self.socket.settimeout(self.idle)
        line: str = super().read_requestline()
        return line

    def read_request(self, raw_requestline: str) -> bool:
        """The rest of its head, which may not drip in for ever."""
        with gevent.Timeout(self.heads, ValueError("the head came too slowly")):
            read: bool = super().read_request(raw_requestline)
        self.socket.settimeout(self.silence)
        return read

    def get_environ(self) -> dict[str, Any]:
        """With a body whose end may be missing; what becomes a websocket is read from below it."""
        environ: dict[str, Any] = super().get_environ()
        if "HTTP_UPGRADE" not in environ:
            environ["wsgi.input"] = Body(environ["wsgi.input"])
        return environ

    def handle_one_response(self) -> None:
        """Answer, then close what was upgraded."""
        if "HTTP_UPGRADE" in self.environ:
            self.socket.settimeout(None)  # websockets have their own pings
        super().handle_one_response()
        if "HTTP_UPGRADE" in self.environ:
            self.close_connection = True

    def _sendall(self, data: bytes) -> None:
        self.socket.settimeout(self.writing)
        super()._sendall(data)


def listener(port: int) -> socket.socket:
    """Our own listening socket, because gevent leaves Nagle's algorithm on: 40 ms for each kept connection."""
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    if sys.platform != "win32":
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.bind(("127.0.0.1", port))
    made.listen(BACKLOG)
    made.setblocking(False)
    return made


def serve(app: Flask, settings: Settings, *, ready: Callable[[], None] = lambda: None) -> None:
    """Serve until SIGTERM or SIGINT; running requests and jobs end first."""
    try:
        own = listener(settings.port)
    except OSError as error:
        raise SystemExit(f"Port {settings.port} is not free ({error.strerror}). Try: make run PORT=5001") from None
    server = WSGIServer(own, Yielding(app), log=None, handler_class=Handler, environ={"wsgi.multithread": True})
    jobs = app.extensions["jobs"]
    jobs.start()
    stopping = gevent.event.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        gevent.signal_handler(number, stopping.set)
    gc.collect()
    gc.set_threshold(5000, 20, 20)  # a page makes some two thousand objects and keeps none of them
    gc.freeze()  # what is loaded now stays; the collector need not walk it again and again
    server.start()
    ready()
    stopping.wait()
    server.stop(timeout=10)
    jobs.stop()
