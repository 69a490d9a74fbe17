"""Clients that are slow, on purpose or on a weak line, against the embedded server's own handling of connections."""

import socket
import threading
from collections.abc import Iterator

import gevent
import pytest
from flask import Flask, request
from gevent.pywsgi import WSGIServer

from forum.core.methods import MethodOverride
from forum.core.server import Handler, Yielding, listener

SOON = 0.4  # seconds: bounds as short as a test likes them


class Impatient(Handler):
    """The same bounds, but short."""

    idle = heads = silence = SOON


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """A server in a thread with a loop of its own."""
    app = Flask("slow")

    @app.post("/echo")
    def echo() -> bytes:
        return request.get_data()

    @app.post("/form")
    def form() -> str:
        return request.form["words"]

    app.wsgi_app = MethodOverride(app.wsgi_app)
    ready, told = threading.Event(), {}

    def run() -> None:
        own = listener(0)
        server = WSGIServer(own, Yielding(app), log=None, handler_class=Impatient)
        server.start()
        told.update(port=own.getsockname()[1], stop=gevent.get_hub().loop.async_())
        stopped = gevent.event.Event()
        told["stop"].start(stopped.set)
        ready.set()
        stopped.wait()
        server.stop(timeout=1)

    thread = threading.Thread(target=run)
    thread.start()
    ready.wait()
    yield told["port"]
    told["stop"].send()
    thread.join()


@pytest.fixture
def line(port: int) -> Iterator[socket.socket]:
    """A connection of a client's own."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as made:
        yield made


def post(path: str, length: int, kind: str = "text/plain") -> bytes:
    """The head of a request."""
    return f"POST {path} HTTP/1.1\r\nHost: here\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\r\n".encode()


def everything(line: socket.socket) -> bytes:
    """What comes until the server closes."""
    parts = []
    while part := line.recv(65_536):
        parts.append(part)
    return b"".join(parts)


def test_who_says_nothing_is_let_go(line: socket.socket) -> None:
    assert everything(line) == b""


def test_a_head_that_drips_in_is_cut_off(line: socket.socket) -> None:
    line.sendall(b"GET / HTTP/1.1\r\n")
    answer = b""
    for _ in range(100):
        try:
            line.sendall(b"X: y\r\n")
            line.settimeout(SOON / 4)
            answer = line.recv(65_536)
            break
        except TimeoutError:
            continue
        except OSError:
            break
    else:
        pytest.fail("it may drip for ever")
    assert answer == b"" or answer.startswith(b"HTTP/1.1 400")


@pytest.mark.parametrize(("path", "kind"), [("/echo", "text/plain"), ("/form", "application/x-www-form-urlencoded")])
def test_a_body_that_stops_coming_is_no_accident(line: socket.socket, path: str, kind: str) -> None:
    line.sendall(post(path, 1000, kind) + b"words=half")
    assert everything(line).startswith(b"HTTP/1.1 400")


def test_a_weak_line_has_time_while_something_comes(line: socket.socket) -> None:
    line.sendall(post("/echo", 8))
    for _ in range(8):
        threading.Event().wait(SOON / 4)
        line.sendall(b"x")
    assert line.recv(65_536).startswith(b"HTTP/1.1 200")


def test_a_connection_carries_several_requests(line: socket.socket) -> None:
    for words in (b"one", b"two"):
        line.sendall(post("/echo", 3) + words)
        answer = b""
        while not answer.endswith(words):
            part = line.recv(65_536)
            assert part, answer
            answer += part
