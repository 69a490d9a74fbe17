"""What a socket may send: events with a name of ours, and nothing that the library below would take for its own.
Whoever sends nonsense is shown out.
"""

import logging
from collections.abc import Callable, Iterable
from typing import Any

from socketio import Server
from socketio.packet import CONNECT, DISCONNECT, EVENT, Packet

log = logging.getLogger(__name__)


class Nonsense(ValueError):
    """A frame that no client of ours sends."""


class TypedPacket(Packet):  # type: ignore[misc]
    """A packet that is refused while it is read, before anything else looks at it.

    Names of ours have a colon, so that nobody sends `connect` or `disconnect` by hand: the library would call our own
    handlers for them, and who had "disconnected" would stay in their rooms, unasked.
    """

    uses_binary_events = False

    def decode(self, encoded_packet: Any) -> int:
        """Read it; raises Nonsense."""
        try:
            attachments: int = super().decode(encoded_packet)
        except (ValueError, TypeError, RecursionError) as error:
            raise Nonsense(repr(error)) from None
        if self.packet_type not in (CONNECT, DISCONNECT, EVENT) or attachments:
            raise Nonsense(f"a packet of kind {self.packet_type!r}")
        if self.packet_type == EVENT:
            self._check_name()
        return 0

    def _check_name(self) -> None:
        data = self.data
        if not isinstance(data, list) or not data or not isinstance(data[0], str) or ":" not in data[0]:
            raise Nonsense("an event without a name of ours")


def show_out(server: Server) -> None:
    """End the connection of whoever sends nonsense, instead of telling the log of it at length."""
    take = server.eio.handlers["message"]

    def guarded(sid: str, data: Any) -> None:
        try:
            if not isinstance(data, str) or not data:
                raise Nonsense("not text")
            take(sid, data)
        except Nonsense as nonsense:
            log.info("socket %s sent nonsense: %s", sid, nonsense)
            server.eio.disconnect(sid)

    server.eio.on("message", guarded)


def with_headers(start_response: Callable[..., Any], more: Iterable[tuple[str, str]]) -> Callable[..., Any]:
    """`start_response` that adds headers, for answers that do not pass through Flask."""

    def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
        return start_response(status, [*headers, *more], *rest)

    return start


def quiet(
    app: Callable[..., Iterable[bytes]], headers: Iterable[tuple[str, str]] = ()
) -> Callable[..., Iterable[bytes]]:
    """A websocket that speaks no Engine.IO ends, with a line in the log; the library below would fall over it. Its
    plain answers bear these headers."""

    def call(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if "HTTP_UPGRADE" not in environ:
            if environ["PATH_INFO"].startswith("/socket.io"):
                return app(environ, with_headers(start_response, headers))
            return app(environ, start_response)
        try:
            return app(environ, start_response)
        except ValueError as error:
            log.info("a websocket sent nonsense: %r", error)
            if "gunicorn.socket" in environ:
                raise StopIteration from None  # its way of saying that nothing more is to be written
            return []

    return call
