"""What every JSON face does alike: read a body without falling over it, answer lists in one shape."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, NoReturn

from flask import Response, jsonify, request

from forum.core.errors import Refused
from forum.core.languages import gettext as _
from forum.core.paging import Page


def json_body() -> dict[str, Any]:
    """The JSON object that was sent; raises Refused for anything else, however deep, huge or odd."""
    if request.mimetype != "application/json":
        refused = Refused(_("This address takes JSON only."))
        refused.status, refused.code = 415, "not_json"
        raise refused
    try:
        body = json.loads(request.get_data(), parse_constant=_refuse, parse_float=_finite)
    except (ValueError, RecursionError):
        raise Refused(_("This is not the JSON that we expect.")) from None
    if not isinstance(body, dict):
        raise Refused(_("Send one JSON object."))
    return body


def _refuse(_constant: str) -> NoReturn:
    raise ValueError


def _finite(text: str) -> float:
    number = float(text)
    if number in (float("inf"), float("-inf")):
        raise ValueError
    return number


def if_match() -> str:
    """The version that the client saw, from `If-Match: 3` (or "3" as ETag quotes it); without it 428."""
    given = re.fullmatch(r'(?:W/)?"?([0-9]{1,9})"?', request.headers.get("If-Match", "").strip())
    if given is None:
        refused = Refused(_("Say with If-Match which version you saw."))
        refused.status, refused.code = 428, "if_match"
        raise refused
    return given[1]


def list_of(page: Page[Any], shape: Callable[[Any], dict[str, Any]]) -> Response:
    """`{"items": […], "next": cursor or null}`."""
    return jsonify({"items": [shape(item) for item in page.items], "next": page.next})


def moment(value: datetime | None) -> str | None:
    """A moment as JSON carries it: RFC 3339 in UTC."""
    return None if value is None else value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
