"""Structured logs: one JSON object a line in production, words for people elsewhere. No secrets, no words of posts."""

import json
import logging
from datetime import UTC, datetime
from typing import Any

from flask import Flask

from forum.core.settings import Settings

_plain = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class JsonLines(logging.Formatter):
    """Moment, level, logger, message and whatever the caller gave as `extra`."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        line |= {name: value for name, value in vars(record).items() if name not in _plain}
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def init_app(app: Flask, settings: Settings) -> None:
    """Set up the loggers of the house; the libraries' stay as they are."""
    house = logging.getLogger("forum")
    if not house.handlers:
        handler = logging.StreamHandler()
        if settings.mode == "production":
            handler.setFormatter(JsonLines())
        else:
            handler.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))
        house.addHandler(handler)
    house.setLevel(logging.INFO if settings.mode == "production" else logging.WARNING)
