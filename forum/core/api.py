"""What every JSON face does alike: read a body without falling over it, answer lists in one shape."""

import json
import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any, Generic, NewType, NoReturn, NotRequired, TypedDict, TypeVar

from flask import Response, jsonify, request

from forum.core.errors import NotJson, Refused
from forum.core.languages import gettext as _
from forum.core.paging import Page

Item = TypeVar("Item")
Instant = NewType("Instant", str)  # what `moment` makes


class PageOf(TypedDict, Generic[Item]):
    """A page of a list; `next` is the cursor of the page after it, null on the last."""

    items: list[Item]
    next: str | None


class AllOf(TypedDict, Generic[Item]):
    """A list that is short enough to come whole."""

    items: list[Item]
    next: None


class RefusalShape(TypedDict):
    """Why not. `code` is for programs and `message` for people, in their language; `fields` are {field: message},
    `request` is the name under which the operators find this request in their log."""

    code: str
    message: str
    fields: dict[str, str]
    request: str
    retry_after: NotRequired[int]


class ErrorShape(TypedDict):
    """A refusal."""

    error: RefusalShape


class WaitsShape(TypedDict):
    """What was written waits for a moderator, at `/held/<id>`: it is no post and no topic yet."""

    held: int


class NamedShape(TypedDict):
    """Something and what it is called; its own address tells more."""

    id: int
    name: str


def json_body() -> dict[str, Any]:
    """The JSON object that was sent; raises Refused for anything else, however deep, huge or odd. No body at all
    is an empty object."""
    if not request.mimetype and not request.get_data():
        return {}
    if request.mimetype != "application/json":
        raise NotJson
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


def list_of(page: Page[Any], shape: Callable[[Any], Any]) -> Response:
    """`{"items": […], "next": cursor or null}`: PageOf."""
    return jsonify({"items": [shape(item) for item in page.items], "next": page.next})


def all_of(items: Iterable[Any]) -> Response:
    """`{"items": […], "next": null}`: AllOf."""
    return jsonify({"items": list(items), "next": None})


def spare(response: Response) -> Response:
    """Every answer to a question carries its ETag, and whoever has it already is told so: 304 without a body. A view
    that sets an ETag itself means something else by it."""
    if request.method not in ("GET", "HEAD") or not request.path.startswith("/api/") or response.status_code != 200:
        return response
    if "ETag" in response.headers or response.direct_passthrough or "Set-Cookie" in response.headers:
        return response
    response.add_etag()
    if request.if_none_match.contains_weak(response.get_etag()[0] or ""):
        response.status_code = 304
        response.set_data(b"")
    return response


def moment(value: datetime | None) -> str | None:
    """A moment as JSON carries it: RFC 3339 in UTC."""
    return None if value is None else value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
