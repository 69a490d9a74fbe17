"""People who talk to a real server over HTTP."""

import json
import re
import urllib.parse
import urllib.request
from typing import Any
from urllib.error import HTTPError

from tests.making import Member
from tests.serving import Server


class Person:
    """Somebody with a session on a server, or a guest."""

    def __init__(self, server: Server, member: Member | None) -> None:
        self.server = server
        self.cookie: str | None = None
        if member:
            status, _body = self.send("POST", "/api/v1/sessions", {"email": member.email, "password": member.password})
            assert status == 201

    def send(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        """JSON over HTTP: (status, body)."""
        headers = {"Origin": self.server.url} | ({"Cookie": self.cookie} if self.cookie else {})
        data = None
        if body is not None:
            headers["Content-Type"], data = "application/json", json.dumps(body).encode()
        asked = urllib.request.Request(self.server.url + path, data=data, method=method, headers=headers)
        try:
            with urllib.request.urlopen(asked, timeout=10) as answer:
                if cookie := answer.headers.get("Set-Cookie"):
                    self.cookie = cookie.split(";")[0]
                text = answer.read().decode()
                return answer.status, json.loads(text) if text else None
        except HTTPError as error:
            with error:
                return error.code, json.loads(error.read())

    def reply(self, topic: Any, words: str, **more: Any) -> dict[str, Any]:
        """A reply over HTTP."""
        status, post = self.send("POST", f"/api/v1/topics/{topic.id}/posts", {"words": words, "language": "en", **more})
        assert status == 201, post
        return post

    def form(self, path: str, method: str = "POST", **fields: str) -> int:
        """A page's form; the status of where it leads."""
        with urllib.request.urlopen(self._asked("/en/topics"), timeout=10) as page:
            token = re.search(r'data-csrf="([^"]+)"', page.read().decode())[1]
        sent = urllib.parse.urlencode({"_method": method, "csrf_token": token, **fields}).encode()
        with urllib.request.urlopen(self._asked(path, data=sent), timeout=10) as answer:
            return answer.status

    def _asked(self, path: str, data: bytes | None = None) -> urllib.request.Request:
        headers = {"Cookie": self.cookie or "", "Origin": self.server.url}
        return urllib.request.Request(self.server.url + path, data=data, headers=headers)
