"""Bare commits of one row into an SQLite file, with the settings of the forum's own connections."""

import sqlite3
from pathlib import Path

PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "cache_size=-16000")  # as in forum/core/db.py


def connect(path: Path) -> sqlite3.Connection:
    """A connection to the file, which has a table of bare rows from now on."""
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("CREATE TABLE IF NOT EXISTS bare_rows (id INTEGER PRIMARY KEY, words TEXT)")
    return connection


def commit(connection: sqlite3.Connection, words: str) -> None:
    """One row in a transaction of its own."""
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT INTO bare_rows (words) VALUES (?)", (words,))
    connection.execute("COMMIT")
