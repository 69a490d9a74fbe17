"""PostgreSQL ends every connection and takes no more: all are told to come back, and the forum comes back by itself."""

import time
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import make_url

from tests import services
from tests.serving import Server

BACK = 5.0  # seconds

CLOSE = """ALTER DATABASE away WITH ALLOW_CONNECTIONS false;
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'away'"""


def test_the_database_goes_away_and_comes_back(tmp_path: Path) -> None:
    url = services.create_database(services.postgresql(), "away")
    server = Server({"DATABASE_URL": url, "DATA_FOLDER": str(tmp_path), "MODE": "demo"})
    with server:
        assert server.get("/en/topics")[0] == 200
        _say(url, CLOSE)
        for path in ("/en/topics/1", "/ar/members", "/api/v1/topics", "/ready"):
            assert server.get(path)[0] == 503, path
        assert server.get("/health")[0] == 200
        _say(url, "ALTER DATABASE away WITH ALLOW_CONNECTIONS true")
        until = time.monotonic() + BACK
        while server.get("/ar/members")[0] != 200:
            assert time.monotonic() < until, "it did not come back by itself"
            time.sleep(0.1)
        assert server.get("/ready")[0] == 200


def _say(url: str, words: str) -> Any:
    address = make_url(url).set(drivername="postgresql", database="postgres")
    with psycopg.connect(address.render_as_string(hide_password=False), autocommit=True) as connection:
        for one in words.split(";"):
            connection.execute(one)
