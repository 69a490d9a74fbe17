"""In front of Flask: pages for guests from memory, at most a second old; and compression, once for what is kept.

A view says `keep_for_guests()` when its page is the same for every guest; the address carries the language. Nobody who
sends a cookie is ever answered from here.
"""

import gzip
import logging
import re
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import brotli
from flask import Response, request

from forum.core.errors import new_request_id

log = logging.getLogger(__name__)

FRESH = 1.0  # seconds: an edit shows within two, and access lost is lost within two
LARGEST = 32 * 1024 * 1024  # bytes of kept pages
KEEP = "multaqa.keep"  # a list in the environment in which the view leaves its word; copies of it share the list
SMALLEST = 1000  # bytes; below that compression gains nothing
_NEVER = re.compile(r";\s*q=0(\.0*)?\s*$")
COMPRESSIBLE = ("text/html", "application/json", "text/css", "text/javascript", "image/svg+xml", "application/xml")

Start = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """A page that was answered before Flask."""

    headers: list[tuple[str, str]]
    body: bytes


Quick = Callable[[dict[str, Any]], Answer | None]


@dataclass(slots=True)
class Kept:
    """A page in memory, in each encoding that somebody asked for."""

    made: float
    status: str
    headers: list[tuple[str, str]]
    bodies: dict[str, bytes] = field(default_factory=dict)

    def body(self, encoding: str) -> bytes:
        """The page in this encoding, compressed at the first asking."""
        if encoding not in self.bodies:
            self.bodies[encoding] = compressed(self.bodies[""], encoding)
        return self.bodies[encoding]


def keep_for_guests() -> None:
    """Say from a view that this answer may be given to every guest for a second."""
    word: list[bool] | None = request.environ.get(KEEP)
    if word is not None:
        word.append(True)


def encoding_for(accepted: str) -> str:
    """The best encoding that the browser accepts: br, gzip or none."""
    names = {part.split(";")[0].strip() for part in accepted.lower().split(",") if not _NEVER.search(part)}
    return "br" if "br" in names else "gzip" if "gzip" in names else ""


def compressed(body: bytes, encoding: str) -> bytes:
    """Brotli 4 and gzip 5 are where time and size meet for pages of 30 kB."""
    if encoding == "br":
        return brotli.compress(body, quality=4)
    return gzip.compress(body, compresslevel=5, mtime=0) if encoding == "gzip" else body


def compress(response: Response) -> Response:
    """After a request: compress what is worth it, unless the page is kept and compressed in front."""
    if request.environ.get(KEEP) or response.direct_passthrough or response.content_encoding:
        return response
    if response.mimetype not in COMPRESSIBLE or response.status_code in (204, 304):
        return response
    response.vary.add("Accept-Encoding")
    encoding = encoding_for(request.headers.get("Accept-Encoding", ""))
    body = response.get_data()
    if encoding and len(body) >= SMALLEST:
        response.set_data(compressed(body, encoding))
        response.headers["Content-Encoding"] = encoding
    return response


class Front:
    """WSGI: answers guests from memory where it may, and asks the application otherwise."""

    def __init__(
        self, app: Callable[..., Iterable[bytes]], *, quick: Sequence[Quick] = (), limit: int = LARGEST
    ) -> None:
        self.app = app
        self.quick = quick
        self.limit = limit
        self.size = 0
        self.kept: OrderedDict[tuple[str, str, str, str], Kept] = OrderedDict()

    def __call__(self, environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
        """Serve one request."""
        if environ["REQUEST_METHOD"] != "GET" or "HTTP_UPGRADE" in environ:  # a websocket answers no page
            return self.app(environ, start_response)
        if "HTTP_COOKIE" in environ:
            return self._quickly(environ, start_response) or self.app(environ, start_response)
        place = environ["PATH_INFO"], environ.get("QUERY_STRING", "")
        key = environ.get("HTTP_HOST", ""), *place, environ.get("HTTP_SAVE_DATA", "")[:3].lower()
        kept = self.kept.get(key)
        if kept is None or time.monotonic() - kept.made > FRESH:
            answer = self._ask(key, environ, start_response)
            if not isinstance(answer, Kept):
                return answer
            kept = answer
        return self._serve(kept, environ, start_response)

    def _quickly(self, environ: dict[str, Any], start_response: Start) -> list[bytes] | None:
        """A member's page from whoever can give one without Flask; accidents are left to Flask to tell."""
        for quick in self.quick:
            try:
                answer = quick(environ)
            except Exception:
                log.exception("a quick answer failed")
                continue
            if answer is not None:
                encoding = encoding_for(environ.get("HTTP_ACCEPT_ENCODING", ""))
                body = compressed(answer.body, encoding)
                headers = [*answer.headers, ("Content-Length", str(len(body))), ("X-Request-Id", new_request_id())]
                if encoding:
                    headers.append(("Content-Encoding", encoding))
                start_response("200 OK", headers)
                return [body]
        return None

    def _serve(self, kept: Kept, environ: dict[str, Any], start_response: Start) -> list[bytes]:
        encoding = encoding_for(environ.get("HTTP_ACCEPT_ENCODING", ""))
        body = kept.body(encoding)
        headers = [*kept.headers, ("Content-Length", str(len(body)))]
        if encoding:
            headers.append(("Content-Encoding", encoding))
        headers.append(("X-Request-Id", new_request_id()))
        start_response(kept.status, headers)
        return [body]

    def _ask(self, key: tuple[str, str, str, str], environ: dict[str, Any], start_response: Start) -> Any:
        told: list[Any] = []
        word: list[bool] = []
        environ[KEEP] = word

        def listen(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            told[:] = [status, headers, exc_info]
            return lambda data: None

        answer = self.app(environ, listen)
        status, headers, exc_info = told
        if not word or not status.startswith("200") or any(n == "Set-Cookie" for n, _v in headers):
            start_response(status, headers, exc_info)
            return answer
        try:
            body = b"".join(answer)
        finally:
            if hasattr(answer, "close"):
                answer.close()
        names = ("content-length", "content-encoding", "x-request-id")
        kept = Kept(time.monotonic(), status, [h for h in headers if h[0].lower() not in names], {"": body})
        self._remember(key, kept)
        return kept

    def _remember(self, key: tuple[str, str, str, str], kept: Kept) -> None:
        old = self.kept.pop(key, None)
        self.size += len(kept.bodies[""]) - (len(old.bodies[""]) if old else 0)
        self.kept[key] = kept
        while self.size > self.limit:
            self.size -= len(self.kept.popitem(last=False)[1].bodies[""])
