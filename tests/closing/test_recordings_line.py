"""A recording over a real line: cut off, said to be longer than it is, and large while others read."""

import http.client
import socket
import threading
import time
from pathlib import Path

import pytest

from tests import samples
from tests.asking import ORIGIN

MB = 1024 * 1024


@pytest.fixture
def workshop(make):
    """An event that is over."""
    return make.over()


@pytest.fixture
def head(make, sign_in, workshop):
    """`head(server, length, kind)`: of a manager's request."""
    cookie = sign_in(make.manager()).get_cookie("session", domain="127.0.0.1").value
    path = f"/api/v1/workshops/{workshop.id}/recording"

    def head(server, length: int, kind: str) -> bytes:
        lines = [
            f"PUT {path} HTTP/1.1",
            f"Host: 127.0.0.1:{server.port}",
            f"Origin: {ORIGIN.rpartition(':')[0]}:{server.port}",
            f"Cookie: session={cookie}",
            f"Content-Type: {kind}",
            f"Content-Length: {length}",
            "Connection: close",
        ]
        return "\r\n".join([*lines, "", ""]).encode()

    return head


def answer(line: socket.socket) -> bytes:
    """What comes until the server closes."""
    parts = []
    while part := line.recv(65_536):
        parts.append(part)
    return b"".join(parts)


def test_what_is_cut_off_leaves_nothing_and_large_ones_stop_nobody(serve, head):
    server = serve()
    arriving = server.folder / "files" / "arriving"
    small = samples.multipart(samples.mp3(20_000))  # two megabytes
    data, kind = small["data"], small["content_type"]
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as line:
        line.sendall(head(server, len(data), kind) + data[: MB + 200_000])
        line.shutdown(socket.SHUT_WR)
        said = answer(line)
    assert b" 400 " in said.split(b"\r\n")[0] and b"broken_off" in said
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as line:
        line.sendall(head(server, len(data) + 1000, kind) + data[: MB + 200_000])
        deadline = time.monotonic() + 20
        while not list(arriving.glob("*")) and time.monotonic() < deadline:
            time.sleep(0.01)
        assert [one.stat().st_mode & 0o777 for one in arriving.glob("*")] == [0o600], "it is on its way"
    deadline = time.monotonic() + 20
    while list(arriving.glob("*")) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not list(arriving.glob("*")) and not list((server.folder / "files").glob("??/*"))

    large = samples.multipart(samples.mp3() + bytes(40 * MB))
    got: list[bytes] = []

    def send() -> None:
        with socket.create_connection(("127.0.0.1", server.port), timeout=60) as line:
            line.sendall(head(server, len(large["data"]), large["content_type"]) + large["data"])
            got.append(answer(line))

    before = _memory(server)
    sending, waits = threading.Thread(target=send), []
    sending.start()
    while sending.is_alive():
        began = time.monotonic()
        asking = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        asking.request("GET", "/health")
        assert asking.getresponse().status == 200
        asking.close()
        waits.append(time.monotonic() - began)
    sending.join()
    assert b" 200 " in got[0].split(b"\r\n")[0]
    assert len(waits) > 3 and sorted(waits)[len(waits) // 2] < 0.5, waits
    assert _memory(server) - before < 30 * MB


def _memory(server) -> int:
    """The most that the server has had of its own, in bytes."""
    said = Path(f"/proc/{server.process.pid}/status").read_text()
    return int(said.partition("VmHWM:")[2].split()[0]) * 1024
