"""Who was erased, in a file beside the database: a backup that is brought back would bring them back too.

A line holds the member's id and the moment at which they became a member, by which an id that was given to somebody
else after a restore is told apart; and the moment of the erasure. No line says who it was.
"""

import json
import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from flask import current_app

from forum.core.settings import Settings


def path() -> Path:
    """Where the ledger lies."""
    settings: Settings = current_app.config["SETTINGS"]
    return settings.data_folder / "erasures.jsonl"


def note(lines: Iterable[tuple[int, datetime, datetime]]) -> None:
    """Add (id, became a member, was erased), for good when this returns; a line that stands twice does no harm."""
    path().parent.mkdir(parents=True, exist_ok=True)
    with path().open("a") as file:
        for id, joined, erased in lines:
            file.write(json.dumps({"member": id, "joined": joined.isoformat(), "erased": erased.isoformat()}) + "\n")
        file.flush()
        os.fsync(file.fileno())


def noted() -> set[tuple[int, datetime]]:
    """(id, became a member) of everybody who was erased. A line that a crash cut short is passed over: the database
    still knows of it, and it is noted again."""
    found = set()
    for line in path().read_text().splitlines() if path().exists() else ():
        try:
            said = json.loads(line)
            found.add((int(said["member"]), datetime.fromisoformat(said["joined"])))
        except (ValueError, KeyError, TypeError):
            continue
    return found
