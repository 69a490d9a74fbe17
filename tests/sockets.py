"""A raw Socket.IO client over one websocket: it can also send what no library would."""

import contextlib
import json
import time
from typing import Any, Self

import websocket

PATIENCE = 5.0  # seconds that a test waits for what must come


class Closed(Exception):
    """The server ended the connection."""


class Socket:
    """`with Socket(server.url, cookie=…) as socket: socket.ask("topic:join", {"topic": 1})`."""

    def __init__(
        self, url: str, *, cookie: str | None = None, language: str = "en", origin: str | None = None, query: str = ""
    ) -> None:
        self.events: list[tuple[str, Any]] = []
        self.answers: dict[int, Any] = {}
        self._number = 0
        self._socket = websocket.create_connection(
            f"{url.replace('http', 'ws', 1)}/socket.io/?EIO=4&transport=websocket&language={language}{query}",
            origin=origin or url,
            cookie=cookie,
            timeout=PATIENCE,
        )
        try:
            self._socket.recv()  # engine.io's own greeting
            self.raw("40")
            connected = self._receive(PATIENCE)
            if not connected.startswith("40"):
                raise Closed(connected)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Go, at once."""
        with contextlib.suppress(Exception):
            self._socket.close(timeout=1)
        self._socket.shutdown()

    def raw(self, text: str | bytes) -> None:
        """Send a frame as it is."""
        try:
            if isinstance(text, bytes):
                self._socket.send_binary(text)
            else:
                self._socket.send(text)
        except (websocket.WebSocketException, OSError) as error:
            raise Closed(str(error)) from None

    def _receive(self, within: float) -> str:
        deadline = time.monotonic() + within
        while True:
            self._socket.settimeout(max(0.01, deadline - time.monotonic()))
            try:
                frame = self._socket.recv()
            except websocket.WebSocketTimeoutException:
                raise TimeoutError from None
            except (websocket.WebSocketException, OSError) as error:
                raise Closed(str(error)) from None
            if frame == "":
                raise Closed("closed")
            if frame == "2":
                self.raw("3")
                continue
            return frame

    def _take(self, frame: str) -> None:
        if frame.startswith("41") or frame == "1":
            raise Closed(frame)
        if frame.startswith("42"):
            name, *arguments = json.loads(frame[2:])
            self.events.append((name, arguments[0] if arguments else None))
        elif frame.startswith("43"):
            digits = frame[2:].split("[", 1)[0]
            arguments = json.loads(frame[2 + len(digits) :])
            self.answers[int(digits)] = arguments[0] if arguments else None

    def ask(self, name: Any, *arguments: Any, within: float = PATIENCE) -> Any:
        """Send an event and wait for its answer."""
        self._number += 1
        self.raw(f"42{self._number}{json.dumps([name, *arguments])}")
        return self.answer(self._number, within)

    def answer(self, number: int, within: float = PATIENCE) -> Any:
        """The answer to what was sent with this number."""
        deadline = time.monotonic() + within
        while number not in self.answers:
            self._take(self._receive(deadline - time.monotonic()))
        return self.answers.pop(number)

    def wait_for(self, name: str, within: float = PATIENCE) -> Any:
        """The next event of this name, with what came before it left aside."""
        deadline = time.monotonic() + within
        while True:
            for place, (found, payload) in enumerate(self.events):
                if found == name:
                    del self.events[: place + 1]
                    return payload
            self._take(self._receive(deadline - time.monotonic()))

    def hears_nothing(self, within: float = 0.5) -> bool:
        """Does nothing come for so long?"""
        deadline = time.monotonic() + within
        with contextlib.suppress(TimeoutError):
            while not self.events:
                self._take(self._receive(deadline - time.monotonic()))
        return not self.events

    def is_closed_within(self, within: float) -> bool:
        """Does the server end the connection?"""
        deadline = time.monotonic() + within
        try:
            while True:
                self._take(self._receive(deadline - time.monotonic()))
        except Closed:
            return True
        except TimeoutError:
            return False
