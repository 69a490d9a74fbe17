"""Packed exports: zip files in a folder beside the database, outside everything that is served."""

import json
import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from flask import current_app

from forum.core.loop import off_the_loop
from forum.core.settings import Settings


def pack(
    files: Iterable[tuple[str, list[dict[str, Any]]]], *, contents: Iterable[tuple[str, bytes]] = (), readme: str
) -> tuple[str, int]:
    """Write {name}.json for each of the files, the contents as they are, and the words that explain them; (name, bytes)
    of the zip."""
    name = f"{secrets.token_hex(24)}.zip"
    path = path_of(name)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600)
    try:
        with ZipFile(path, "w", ZIP_DEFLATED) as packed:
            packed.writestr("README.txt", readme)
            for title, rows in files:
                off_the_loop(_write, packed, f"{title}.json", rows)
            for title, content in contents:
                off_the_loop(packed.writestr, title, content)
    except BaseException:
        path.unlink()
        raise
    return name, path.stat().st_size


def _write(packed: ZipFile, name: str, rows: list[dict[str, Any]]) -> None:
    packed.writestr(name, json.dumps(rows, ensure_ascii=False, indent=1))


def path_of(name: str) -> Path:
    """Where a packed export lies."""
    settings: Settings = current_app.config["SETTINGS"]
    return settings.data_folder / "exports" / name


def throw_away(name: str) -> None:
    """Remove one; twice does no harm."""
    if name:
        path_of(name).unlink(missing_ok=True)
