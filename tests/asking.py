"""The client of the tests: a browser's habits, each request in an application context of its own.

Whatever the API answers is held against its description: tests/answers.py.
"""

import json
from collections.abc import Mapping
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from forum.core.forgery import current_forgery
from forum.core.web import SAFE, current_reader
from tests import answers

HOST = "127.0.0.1:5000"
ORIGIN = f"http://{HOST}"


class Client(FlaskClient):
    """In Flask 3.1 a context left pushed would be shared by all clients, and Flask-Login would answer with the member
    who signed in last for all of them; so `open` pushes its own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._token: tuple[str | None, str] | None = None

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send a request as a browser does: our host, and Origin with everything that changes something."""
        kwargs.setdefault("buffered", True)
        if args and isinstance(args[0], str):
            kwargs.setdefault("base_url", ORIGIN)
            if kwargs.get("method", "GET") not in SAFE:
                kwargs["headers"] = self._with_origin(kwargs.get("headers"))
        with self.application.app_context():
            answer = super().open(*args, **kwargs)
        answers.check(self.application, answer)
        return answer

    @staticmethod
    def _with_origin(headers: Mapping[str, str | None] | None) -> dict[str, str]:
        given: dict[str, str | None] = {"Origin": ORIGIN, **dict(headers or {})}
        return {name: value for name, value in given.items() if value is not None}  # None leaves one out

    def form(
        self, path: str, data: Mapping[str, Any] | None = None, method: str = "POST", **kwargs: Any
    ) -> TestResponse:
        """Send a form with this reader's token; PUT and DELETE go as `_method`, like a browser without scripts."""
        sent = {"csrf_token": self.token(), **(data or {})}
        if method != "POST":
            sent["_method"] = method
        return self.post(path, data=sent, **kwargs)

    def json(self, method: str, path: str, body: Any = None, **kwargs: Any) -> TestResponse:
        """Send JSON to the API; without a body nothing is sent along."""
        if body is not None:
            kwargs |= {"data": json.dumps(body), "content_type": "application/json"}
        return self.open(path, method=method, **kwargs)

    def token(self) -> str:
        """A token that our forms would carry for this reader."""
        cookie = self.get_cookie("session", domain="127.0.0.1")
        value = cookie.value if cookie else None
        if self._token is None or self._token[0] != value:
            headers = {"Cookie": f"session={value}"} if value else {}
            with self.application.app_context(), self.application.test_request_context("/", headers=headers):
                self._token = value, current_forgery().token(current_reader())
        return self._token[1]
