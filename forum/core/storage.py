"""Where the bytes of files lie: a folder of this machine, or a bucket that speaks S3. Names are ours, no member's."""

import errno
import logging
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Protocol
from urllib.parse import parse_qs, unquote, urlsplit

from flask import Flask, current_app
from obstore import open_writer
from obstore.exceptions import BaseError
from obstore.store import S3Store

from forum.core.errors import Unavailable
from forum.core.loop import off_the_loop
from forum.core.settings import Settings

log = logging.getLogger(__name__)

PATIENCE = "10s"  # for one request to the bucket
PART = 5 * 1024 * 1024  # bytes of a large object that go at once; buckets take no smaller ones
_name = re.compile(r"[0-9a-f]{32}(?:\.[0-9]{1,4})?")


class Storage(Protocol):
    """Bytes by name. Raises Unavailable when they cannot be kept or reached just now."""

    def put(self, name: str, content: bytes) -> None:
        """Keep them; they are safe when this returns."""

    def read(self, name: str) -> bytes | None:
        """The bytes, or None for what is not there."""

    def take(self, name: str, path: Path) -> None:
        """Keep a file of this machine, however large; it is safe when this returns, and may be gone from its path."""

    def part(self, name: str, start: int, length: int) -> bytes | None:
        """Some bytes of a large one, or None for what is not there."""

    def remove(self, name: str) -> None:
        """Keep them no more; twice does no harm."""

    def names(self, before: datetime) -> Iterator[list[str]]:
        """What has been kept since before this moment, some at a time."""


def fresh_name() -> str:
    """A name that nobody guesses."""
    return secrets.token_hex(16)


class Disk:
    """A folder, outside of everything that is served."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, name: str, content: bytes) -> None:
        """Written beside its place, synced, then moved there: a crash leaves no half file under the name."""
        off_the_loop(self._put, self._path(name), content)

    def _put(self, path: Path, content: bytes) -> None:
        fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}.new")
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with open(fresh, "wb", opener=for_us_alone) as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(path)
        except OSError as error:
            with suppress(OSError):
                fresh.unlink(missing_ok=True)
            level = logging.WARNING if error.errno == errno.ENOSPC else logging.ERROR
            log.log(level, "a file cannot be kept: %s", error)
            raise Unavailable from error

    def read(self, name: str) -> bytes | None:
        """The whole file: none is larger than ten megabytes."""
        try:
            return off_the_loop(self._path(name).read_bytes)
        except FileNotFoundError:
            return None
        except OSError as error:
            log.error("a file cannot be read: %s", error)
            raise Unavailable from error

    def take(self, name: str, path: Path) -> None:
        """Synced where it arrived, in a folder of ours, and moved from there."""
        try:
            off_the_loop(self._take, path, self._path(name))
        except OSError as error:
            log.error("a file cannot be kept: %s", error)
            raise Unavailable from error

    @staticmethod
    def _take(path: Path, place: Path) -> None:
        with open(path, "rb") as file:
            os.fsync(file.fileno())
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.replace(place)

    def part(self, name: str, start: int, length: int) -> bytes | None:
        """Read anew each time: what was removed meanwhile is gone."""
        try:
            return off_the_loop(self._part, self._path(name), start, length)
        except FileNotFoundError:
            return None
        except OSError as error:
            log.error("a file cannot be read: %s", error)
            raise Unavailable from error

    @staticmethod
    def _part(path: Path, start: int, length: int) -> bytes:
        with open(path, "rb", buffering=0) as file:
            file.seek(start)
            return file.read(length)

    def remove(self, name: str) -> None:
        """Gone from the folder."""
        try:
            self._path(name).unlink(missing_ok=True)
        except OSError as error:
            log.error("a file cannot be removed: %s", error)
            raise Unavailable from error

    def names(self, before: datetime) -> Iterator[list[str]]:
        """Folder by folder. Half a file that a crash left behind goes on the way."""
        try:
            for folder in off_the_loop(lambda: sorted(self.folder.glob("[0-9a-f][0-9a-f]"))):
                yield off_the_loop(self._names, folder, before.timestamp())
        except OSError as error:
            log.error("the folder of files cannot be read: %s", error)
            raise Unavailable from error

    @staticmethod
    def _names(folder: Path, before: float) -> list[str]:
        names = []
        for path in folder.iterdir():
            with suppress(FileNotFoundError):
                if path.stat().st_mtime >= before:
                    continue
                if _name.fullmatch(path.name):
                    names.append(path.name)
                elif path.suffix == ".new":
                    path.unlink()
        return names

    def _path(self, name: str) -> Path:
        return self.folder / _checked(name)[:2] / name


def for_us_alone(path: str, flags: int) -> int:
    """An opener of files that nobody else of this machine may read."""
    return os.open(path, flags, 0o600)


class S3:
    """A bucket of FILES_URL: s3://key:secret@host[:port]/bucket, with ?region=… and ?tls=off where they are needed.
    The bucket is there already and open to nobody else."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        scheme = "http" if asked.get("tls") == "off" else "https"
        where = parts.hostname or ""
        self.store = S3Store(
            parts.path.strip("/"),
            endpoint=f"{scheme}://{where}:{parts.port}" if parts.port else f"{scheme}://{where}",
            access_key_id=unquote(parts.username or ""),
            secret_access_key=unquote(parts.password or ""),
            region=asked.get("region", "us-east-1"),
            virtual_hosted_style_request=False,
            client_options={"allow_http": scheme == "http", "timeout": PATIENCE, "connect_timeout": "3s"},
            retry_config={"max_retries": 2},
        )

    def put(self, name: str, content: bytes) -> None:
        """One object."""
        with _answering():
            off_the_loop(self.store.put, _checked(name), content)

    def read(self, name: str) -> bytes | None:
        """The whole object."""
        with _answering():
            try:
                return off_the_loop(lambda: bytes(self.store.get(_checked(name)).bytes()))
            except FileNotFoundError:
                return None

    def take(self, name: str, path: Path) -> None:
        """Sent in parts, two under way at a time; there is no object before the last has come."""
        with _answering(), off_the_loop(open, path, "rb") as file:
            writer = open_writer(self.store, _checked(name), buffer_size=PART, max_concurrency=2)
            while piece := off_the_loop(file.read, PART):
                off_the_loop(writer.write, piece)
            off_the_loop(writer.close)

    def part(self, name: str, start: int, length: int) -> bytes | None:
        """A request of its own, so that a slow listener keeps no connection."""
        with _answering():
            try:
                return off_the_loop(lambda: bytes(self.store.get_range(_checked(name), start=start, length=length)))
            except FileNotFoundError:
                return None

    def remove(self, name: str) -> None:
        """Gone from the bucket."""
        with _answering():
            off_the_loop(self.store.delete, _checked(name))

    def names(self, before: datetime) -> Iterator[list[str]]:
        """A thousand at a time. What bears no name of ours is somebody else's."""
        with _answering():
            listed = iter(self.store.list())
            while some := off_the_loop(next, listed, None):
                yield [one["path"] for one in some if one["last_modified"] < before and _name.fullmatch(one["path"])]


@contextmanager
def _answering() -> Iterator[None]:
    try:
        yield
    except (BaseError, OSError) as error:
        log.error("the storage of files does not answer: %s", error)
        raise Unavailable from error


def _checked(name: str) -> str:
    """A name of ours leads nowhere else."""
    if not _name.fullmatch(name):
        raise ValueError(f"{name!r} is no name of a stored file")
    return name


def init_app(app: Flask, settings: Settings) -> None:
    """Open the configured storage."""
    app.extensions["storage"] = S3(settings.files_url) if settings.files_url else Disk(settings.data_folder / "files")
    app.extensions["arrivals"] = settings.data_folder / "files" / "arriving"


def current_storage() -> Storage:
    """The storage of the running application."""
    storage: Storage = current_app.extensions["storage"]
    return storage


def arrivals() -> Path:
    """The folder in which large files arrive, on the disk of the storage where that is one."""
    folder: Path = current_app.extensions["arrivals"]
    return folder


def forget_arrivals(before: datetime) -> None:
    """What arrived before this moment was left behind by a crash."""
    for path in arrivals().glob("*"):
        with suppress(OSError):
            if path.stat().st_mtime < before.timestamp():
                path.unlink()
