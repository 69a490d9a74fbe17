"""Giving stored bytes to whoever may have them: what runs in them runs nowhere, and of large ones a part at a time."""

import hashlib
import logging
from collections.abc import Iterator

from flask import Response, request

from forum.core.errors import NotFound, Refused
from forum.core.storage import Storage, current_storage

log = logging.getLogger(__name__)

PRIVATE = {"Cache-Control": "private, no-store", "Vary": "Cookie"}
PUBLIC = {"Cache-Control": "no-cache", "Vary": "Cookie"}  # kept, and asked for anew each time: it may be hidden by then
POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
PIECE = 256 * 1024  # bytes: one in memory for each listener


class NoSuchPart(Refused):
    """The part that was asked for lies behind the end."""

    status, code = 416, "no_such_part"

    def __init__(self, size: int) -> None:
        self.size = size
        super().__init__()

    @property
    def headers(self) -> dict[str, str]:
        return {"Content-Range": f"bytes */{self.size}"}


def tag_of(name: str) -> str:
    """The ETag of bytes that never change under their name."""
    return hashlib.sha256(name.encode()).hexdigest()[:20]


def streamed(name: str, *, size: int, mime: str, shown_name: str) -> Response:
    """Stored bytes of this size, to be saved or played, whole or the one part that `Range` asks for. Raises NotFound
    and NoSuchPart."""
    tag = tag_of(name)
    if request.if_none_match.contains(tag):
        response = Response(status=304)
    else:
        start, stop = _asked(size, tag) or (0, size)
        response = Response(mimetype=mime, direct_passthrough=True)
        if request.method != "HEAD":
            response.response = _pieces(name, start, stop)
        response.content_length = stop - start
        if (start, stop) != (0, size) or _asked(size, tag):
            response.status_code = 206
            response.headers["Content-Range"] = f"bytes {start}-{stop - 1}/{size}"
        response.headers["Accept-Ranges"] = "bytes"
        response.headers.set("Content-Disposition", "attachment", filename=shown_name)
    response.set_etag(tag)
    response.headers["Content-Security-Policy"] = POLICY
    return response


def _asked(size: int, tag: str) -> tuple[int, int] | None:
    """(start, stop) of the part that is asked for, None for all of it: also where several parts are asked for, where
    `Range` says nothing that can be read, and where the asker has the beginning of something else."""
    asked = request.range
    if asked is None or asked.units != "bytes" or len(asked.ranges) != 1:
        return None
    if "If-Range" in request.headers and request.if_range.etag != tag:
        return None
    part = asked.range_for_length(size)
    if part is None:
        raise NoSuchPart(size)
    return part


def _pieces(name: str, start: int, stop: int) -> Iterator[bytes]:
    """The first is read before anything is answered."""
    storage = current_storage()
    first = storage.part(name, start, min(PIECE, stop - start))
    if first is None:
        log.error("the bytes %s are not in the storage", name[:8])
        raise NotFound
    return _rest(storage, name, start, stop, first)


def _rest(storage: Storage, name: str, start: int, stop: int, piece: bytes | None) -> Iterator[bytes]:
    while piece:
        yield piece
        start += len(piece)
        piece = storage.part(name, start, min(PIECE, stop - start)) if start < stop else b""
    if start < stop:  # removed meanwhile; the connection ends, so that nobody takes it for the whole
        raise ConnectionAbortedError(f"the bytes {name[:8]} end too early")
