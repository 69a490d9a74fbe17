"""Watchers: many raw websocket clients in a process of their own, which speak as much Socket.IO as they need.

Each is another member. They note when a frame with the awaited mark has reached this process.
"""

import asyncio
import base64
import json
import os
import struct
import subprocess
import sys
import time
from typing import Any, Self

from bench._serving import child

AT_ONCE = 50  # handshakes under way
PATIENCE = 20.0  # seconds


class Watchers:
    """The clients' process, as the measurement sees it."""

    def __enter__(self) -> Self:
        self.process = child("-m", "bench._watchers", stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        return self

    def __exit__(self, *_error: object) -> None:
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()

    def connect(self, port: int, tokens: list[str | None], topic: int) -> None:
        """Have a socket for each token watch the topic; None is a guest."""
        said = self._ask(connect={"port": port, "tokens": tokens, "topic": topic})
        if said["failed"]:
            raise RuntimeError(f"watchers could not connect: {said['failed'][:3]}")

    def expect(self, port: int, mark: str) -> None:
        """From now on look for this mark in what comes from this server."""
        self._ask(expect={"port": port, "mark": mark})

    def arrivals(self) -> tuple[list[float], str]:
        """When it came (time.monotonic(), which all processes share), sorted, and the frame of the first."""
        said = self._ask(arrivals={})
        return said["at"], said["frame"]

    def _ask(self, **asked: Any) -> Any:
        self.process.stdin.write(json.dumps(asked) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())


# In the clients' process


def frame(text: str) -> bytes:
    """A masked text frame; a mask of zeros is one."""
    data = text.encode()
    size = bytes([0x80 | len(data)]) if len(data) < 126 else bytes([0x80 | 126]) + struct.pack(">H", len(data))
    return b"\x81" + size + b"\0\0\0\0" + data


class Group:
    """All watchers of one server."""

    def __init__(self, port: int, topic: int) -> None:
        self.port = port
        self.topic = topic
        self.watchers: list[Watcher] = []
        self.joined = 0
        self.failed: list[str] = []
        self.mark = b""
        self.arrived: dict[int, float] = {}
        self.frame = ""

    async def connect(self, tokens: list[str | None]) -> None:
        """All of them, some at a time, until each has joined."""
        loop = asyncio.get_running_loop()
        for start in range(0, len(tokens), AT_ONCE):
            for token in tokens[start : start + AT_ONCE]:
                await loop.create_connection(lambda token=token: Watcher(self, token), "127.0.0.1", self.port)
            await until(lambda: self.joined >= len(self.watchers) or bool(self.failed))
        if self.joined < len(tokens):
            self.failed.append(f"{self.joined} of {len(tokens)} joined")

    def expect(self, mark: str) -> None:
        """Begin a round."""
        self.mark, self.arrived, self.frame = mark.encode(), {}, ""


async def until(ready: Any) -> None:
    """Wait for it, but not for ever."""
    end = time.monotonic() + PATIENCE
    while not ready() and time.monotonic() < end:
        await asyncio.sleep(0.005)


class Watcher(asyncio.Protocol):
    """One websocket."""

    def __init__(self, group: Group, token: str | None) -> None:
        self.group = group
        self.token = token
        self.got = b""
        self.is_open = False

    def connection_made(self, transport: Any) -> None:
        """Ask for a websocket."""
        self.transport = transport
        self.number = len(self.group.watchers)
        self.group.watchers.append(self)
        host = f"127.0.0.1:{self.group.port}"
        lines = [
            "GET /socket.io/?EIO=4&transport=websocket&language=en HTTP/1.1",
            f"Host: {host}",
            f"Origin: http://{host}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Version: 13",
            f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}",
            *([f"Cookie: session={self.token}"] if self.token else []),
        ]
        transport.write("\r\n".join([*lines, "", ""]).encode())

    def data_received(self, data: bytes) -> None:
        """Take whole frames; a server's frames are not masked."""
        self.got += data
        if not self.is_open:
            end = self.got.find(b"\r\n\r\n")
            if end < 0:
                return
            if b" 101 " not in self.got[:16]:
                self.group.failed.append(self.got[:300].decode(errors="replace"))
                self.transport.close()
                return
            self.got, self.is_open = self.got[end + 4 :], True
        while len(self.got) >= 2:
            size, begin = self.got[1] & 127, 2
            if size > 125:
                begin = 4 if size == 126 else 10
                if len(self.got) < begin:
                    return
                size = int.from_bytes(self.got[2:begin], "big")
            if len(self.got) < begin + size:
                return
            kind, text = self.got[0] & 15, self.got[begin : begin + size]
            self.got = self.got[begin + size :]
            if kind == 1:
                self.take(text)

    def take(self, text: bytes) -> None:
        """Engine.IO's open and ping, Socket.IO's connect, acknowledgement and event."""
        group = self.group
        if text[:2] == b"42":
            if group.mark and group.mark in text:
                group.frame = group.frame or text.decode()
                group.arrived.setdefault(self.number, time.monotonic())
        elif text[:1] == b"0":
            self.transport.write(frame("40"))
        elif text[:1] == b"2":
            self.transport.write(frame("3"))
        elif text[:2] == b"40":
            self.transport.write(frame(f'420["topic:join",{{"topic":{group.topic}}}]'))
        elif text[:3] == b"430" and b'"ok":true' in text.replace(b" ", b""):
            group.joined += 1
        else:
            group.failed.append(text[:300].decode(errors="replace"))

    def connection_lost(self, error: Exception | None) -> None:
        """None of them may be lost."""
        self.group.failed.append(f"lost: {error}")


async def _serve() -> None:
    loop = asyncio.get_running_loop()
    groups: dict[int, Group] = {}
    group: Group | None = None
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        asked = json.loads(line)
        answer: dict[str, Any] = {}
        if "connect" in asked:
            port, tokens, topic = (asked["connect"][name] for name in ("port", "tokens", "topic"))
            group = groups[port] = Group(port, topic)
            await group.connect(tokens)
            answer = {"failed": group.failed}
        elif "expect" in asked:
            group = groups[asked["expect"]["port"]]
            group.expect(asked["expect"]["mark"])
        elif group:
            await until(lambda group=group: len(group.arrived) >= len(group.watchers))
            answer = {"at": sorted(group.arrived.values()), "frame": group.frame}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    asyncio.run(_serve())
