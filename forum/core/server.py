"""The embedded server: pages, sockets and jobs in one process on one gevent loop."""

import gc
import signal
import socket
import sys
from collections.abc import Callable, Iterable
from typing import Any

import gevent
from flask import Flask
from gevent.pywsgi import WSGIHandler, WSGIServer

from forum.core.settings import Settings

BACKLOG = 512
IDLE = 65  # seconds that a silent connection is kept


class Yielding:
    """Let other greenlets run after each request: one whose next request is already there would never yield."""

    def __init__(self, app: Callable[..., Iterable[bytes]]) -> None:
        self.app = app

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Serve one request, then give way."""
        answer = self.app(environ, start_response)
        gevent.sleep(0)
        return answer


class Handler(WSGIHandler):
    """One connection; what once was a websocket carries no further request, or one could hide behind a proxy's back."""

    def handle_one_response(self) -> None:
        """Answer, then close what was upgraded."""
        super().handle_one_response()
        if "HTTP_UPGRADE" in self.environ:
            self.close_connection = True


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
