"""PUT, PATCH and DELETE in forms, which know only GET and POST."""

import io
from collections.abc import Callable
from typing import Any

from werkzeug.exceptions import ClientDisconnected

LARGEST_BODY = 512 * 1024  # bytes; 20,000 characters of any script fit four times


class MethodOverride:
    """Forms can only GET and POST: `_method=PUT` or `_method=DELETE` in a form says what is meant. A form with a file
    is not read here; it says so in its address."""

    MARK = b"_method="

    def __init__(self, app: Callable[..., Any]) -> None:
        self.app = app

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        """Read the form once, here, and give it on unread."""
        kind = environ.get("CONTENT_TYPE", "")
        if environ["REQUEST_METHOD"] == "POST" and kind.startswith("application/x-www-form-urlencoded"):
            try:
                self._override(environ)
            except ClientDisconnected as gone:
                return gone(environ, start_response)
        elif kind.startswith("multipart/form-data") and environ.get("QUERY_STRING", "") == "_method=PUT":
            environ["REQUEST_METHOD"] = environ["REQUEST_METHOD"].replace("POST", "PUT")
        return self.app(environ, start_response)

    def _override(self, environ: dict[str, Any]) -> None:
        length = environ.get("CONTENT_LENGTH") or ""
        if not length.isdigit() or int(length) > LARGEST_BODY:
            return
        body = environ["wsgi.input"].read(int(length))
        environ["wsgi.input"] = io.BytesIO(body)
        for part in body.split(b"&"):
            if part in (b"_method=PUT", b"_method=DELETE", b"_method=PATCH"):
                environ["REQUEST_METHOD"] = part.removeprefix(self.MARK).decode()
