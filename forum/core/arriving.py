"""A file that is too large for the memory, on its way in: a form at one of the few addresses that take such a file,
sent by somebody who may. The file goes piece by piece into a folder beside the storage, the rest of the form is read
as any other. A refusal waits until the file is asked for, so that it loses nothing that stands in the form before it.
"""

import errno
import io
import logging
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from flask import Flask, Request, current_app, request
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.exceptions import ClientDisconnected, RequestEntityTooLarge
from werkzeug.sansio.multipart import Data, Epilogue, Event, Field, File, MultipartDecoder, NeedData

from forum.core.errors import Invalid, Refused, Unavailable
from forum.core.languages import gettext as _
from forum.core.loop import off_the_loop
from forum.core.methods import LARGEST_BODY
from forum.core.reader import Reader
from forum.core.settings import current_settings
from forum.core.storage import arrivals, for_us_alone, fresh_name
from forum.core.uploads import MULTIPART, TooLarge

log = logging.getLogger(__name__)

MB = 1024 * 1024
CHUNK = 64 * 1024  # bytes that are looked at together
PIECE = MB  # bytes that are written together
MOST_PARTS = 1000  # fields of a form
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class BrokenOff(Refused):
    """What came is no whole form."""

    code = "broken_off"

    def said(self) -> str:
        return _("The file broke off on its way. Nothing of it is kept; please send it once more.")


class NoRoom(Unavailable):
    """The disk is full."""

    status, code = 507, "no_room"

    def said(self) -> str:
        return _("The forum has no more room for files. Please tell a moderator.")


class Arriving:
    """One file: the name that it had where it comes from, how many bytes there are, and where they lie meanwhile."""

    def __init__(self, name: str, folder: Path, most: int) -> None:
        self.name = name
        self.size = 0
        self.path = folder / fresh_name()
        self._most = most
        self._waiting = bytearray()

    def write(self, data: bytes) -> None:
        """The next bytes; raises TooLarge, NoRoom and Unavailable."""
        self.size += len(data)
        if self.size > self._most:
            raise too_large(self._most)
        self._waiting += data
        if len(self._waiting) >= PIECE:
            self.flush()

    def flush(self) -> None:
        """What waits goes to the disk."""
        try:
            off_the_loop(self._append, bytes(self._waiting))
        except OSError as error:
            log.error("a large file cannot be taken in: %s", error)
            raise (NoRoom if error.errno in FULL else Unavailable) from error
        self._waiting.clear()

    def _append(self, data: bytes) -> None:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(self.path, "ab", opener=for_us_alone) as file:
            file.write(data)

    def discard(self) -> None:
        """Gone, if it is still here."""
        with suppress(OSError):
            self.path.unlink(missing_ok=True)


def too_large(most: int) -> TooLarge:
    """The refusal, shown at the field where the file was chosen."""
    return _at_file(TooLarge(_("A file has at most %(num)s MB.", num=most // MB)))


class Asked(Request):
    """Any request; the form of one that has room for a large file is read here."""

    room = 0  # bytes of the file
    arriving: Arriving | None = None
    refused: Refused | None = None

    def _load_form_data(self) -> None:
        if "form" in self.__dict__ or not self.room:
            super()._load_form_data()
            return
        fields: list[tuple[str, str]] = []
        try:
            self._read(fields)
        except Refused as refused:
            self.refused = refused
        except RequestEntityTooLarge:
            self.refused = TooLarge(_("That is too long."))
        except (ClientDisconnected, ValueError):
            self.refused = _at_file(BrokenOff())
        if self.refused is not None and self.arriving is not None:
            self.arriving.discard()
        self.__dict__.update(stream=io.BytesIO(), form=ImmutableMultiDict(fields), files=ImmutableMultiDict())

    def _read(self, fields: list[tuple[str, str]]) -> None:
        """Fill `fields` and `arriving`; raises what is wrong with the form as soon as it is."""
        keep: Callable[[bytes], Any] = len  # a second file, or one that nobody chose, is not looked at
        value: bytearray | None = None
        for event in self._events():
            if isinstance(event, Field):
                value = bytearray()
                keep = value.extend
                fields.append((event.name or "", ""))
            elif isinstance(event, File):
                value, keep = None, len
                if event.name == "file" and event.filename and self.arriving is None:
                    if (self.content_length or 0) > self.room + LARGEST_BODY:
                        raise too_large(self.room)
                    self.arriving = Arriving(event.filename, arrivals(), self.room)
                    keep = self.arriving.write
            elif isinstance(event, Data):
                keep(event.data)
                if value is not None and not event.more_data:
                    fields[-1] = (fields[-1][0], value.decode("utf-8", "replace"))
        if self.arriving is not None:
            self.arriving.flush()

    def _events(self) -> Iterator[Event]:
        """The parts of the form; what is no file may be as long as any other body."""
        boundary = self.mimetype_params.get("boundary", "").encode()
        if not boundary:
            raise ValueError("no boundary")
        decoder = MultipartDecoder(boundary, max_form_memory_size=LARGEST_BODY, max_parts=MOST_PARTS)
        came, ended = 0, False
        while not ended:
            data = self.stream.read(CHUNK)
            came += len(data)
            if came - (self.arriving.size if self.arriving else 0) > LARGEST_BODY + CHUNK:
                raise RequestEntityTooLarge
            decoder.receive_data(data or None)
            while not isinstance(event := decoder.next_event(), NeedData):
                if isinstance(event, Epilogue):
                    ended = True
                    break
                yield event


def init_app(app: Flask, routes: Mapping[str, Callable[[Reader], bool]]) -> None:
    """`routes` are the endpoints that take a large file, each with who may send one."""
    app.request_class = Asked
    app.config["TAKES_LARGE"] = routes
    app.teardown_request(_discard)


def make_room(reader: Reader) -> None:
    """Let this request be as large as its address allows this reader; before anything reads its body."""
    may = current_app.config["TAKES_LARGE"].get(request.endpoint)
    if may is not None and request.mimetype == MULTIPART and may(reader):
        request.room = current_settings().recording_mb * MB  # type: ignore[attr-defined]
        request.max_content_length = sys.maxsize  # `_events` counts for itself


def arrived_file() -> Arriving:
    """The large file that was sent; raises what was wrong with it, and Invalid where there is none."""
    _form = request.form  # reads it
    refused: Refused | None = getattr(request, "refused", None)
    arriving: Arriving | None = getattr(request, "arriving", None)
    if refused is not None:
        raise refused
    if arriving is None:
        raise Invalid(fields={"file": _("Choose a file first.")})
    if not arriving.size:
        raise Invalid(fields={"file": _("This file is empty.")})
    return arriving


def _at_file(refused: Any) -> Any:
    refused.fields = {"file": refused.message}
    return refused


def _discard(_error: BaseException | None = None) -> None:
    """What nobody took into the storage by the end of its request goes."""
    if (arriving := getattr(request, "arriving", None)) is not None:
        arriving.discard()
