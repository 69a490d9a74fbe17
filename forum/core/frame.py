"""The frame around every page: what templates may use, and the part of it that is the viewer's own."""

from typing import Any

from flask import Flask, current_app, get_flashed_messages, has_request_context, render_template, request, url_for
from jinja2 import pass_context
from markupsafe import Markup
from werkzeug.exceptions import HTTPException

from forum.core.cache import ByteCache
from forum.core.forgery import current_forgery
from forum.core.languages import NAMES, Speech, current_speech
from forum.core.languages.countries import country_name
from forum.core.reader import GUEST, Reader
from forum.core.site import current_site
from forum.core.web import SAFE, current_reader, saves_data

TOKEN_HERE = "\x01token\x01"  # stands for the token in a kept part; no text of ours holds such a sign

_viewers = ByteCache(limit=4 * 1024 * 1024)


def init_app(app: Flask) -> None:
    """Give templates their words."""
    app.context_processor(_page_words)
    app.jinja_env.filters["country"] = pass_context(lambda _context, code: country_name(code))
    app.jinja_env.filters["clean_html"] = Markup  # of our own sanitised HTML only: posts and texts as they are stored


def _page_words() -> dict[str, Any]:
    """What every template may use."""
    site, language = current_site(), current_speech().language
    return {
        "reader": current_reader() if has_request_context() else GUEST,
        "viewer_part": viewer_part,
        "csrf_token": csrf_token,
        "saves": saves_mark(saves_data(current_reader(), request.headers)) if has_request_context() else "",
        "speech": current_speech(),
        "site": {"name": site.name(language), "welcome": site.welcome.get(language, "")},
        "demo": current_app.config["SETTINGS"].demo,
        "base_url": current_app.config["SETTINGS"].base_url,
        "alternates": alternates() if has_request_context() else [],
    }


def saves_mark(saves: bool) -> str:
    """What the page's first element says of it, for style sheet and scripts."""
    return " data-saves" if saves else ""


def csrf_token() -> str:
    """A token for a form of this page."""
    return current_forgery().token(current_reader())


def alternates() -> list[dict[str, str]]:
    """This page in each language, for the language switch and for search engines."""
    return alternates_of(request.endpoint, dict(request.view_args or {}), request.query_string.decode("latin-1"))


def alternates_of(endpoint: str | None, values: dict[str, Any], query: str = "") -> list[dict[str, str]]:
    """The same of a page that is kept, and must not remember how its first reader asked for it."""
    if request.method not in SAFE:
        endpoint, values, query = *_page_at_or_above(request.path), ""
    if endpoint is None or not current_app.url_map.is_endpoint_expecting(endpoint, "language"):
        endpoint, values, query = "home.show", {}, ""
    behind = f"?{query}" if query else ""
    return [
        {"language": one, "name": NAMES[one], "url": url_for(endpoint, **values | {"language": one}) + behind}
        for one in current_site().languages
    ]


def _page_at_or_above(path: str) -> tuple[str | None, dict[str, Any]]:
    """The nearest that can be opened: an address that takes a form is often none, but stands below a page."""
    adapter = current_app.create_url_adapter(request)
    while adapter is not None and path.count("/") > 1:
        try:
            endpoint, values = adapter.match(path, method="GET")
            return endpoint, dict(values)
        except HTTPException:
            path = path.rpartition("/")[0]
    return None, {}


def viewer_part(reader: Reader) -> str:
    """Bell and menu, or the way in."""
    said = get_flashed_messages(with_categories=True)
    if said:
        return _draw(reader, current_forgery().token(reader), said)
    key = _key(reader, current_speech())
    kept = _viewers.get(key) or _viewers.put(key, _draw(reader, TOKEN_HERE, []).encode())
    token = "" if reader.is_anonymous else current_forgery().token(reader)
    return kept.decode().replace(TOKEN_HERE, token)


def kept_viewer_part(reader: Reader, speech: Speech) -> bytes | None:
    """The same from memory, for who answers before there is a request; `TOKEN_HERE` still stands in it."""
    return _viewers.get(_key(reader, speech))


def _key(reader: Reader, speech: Speech) -> tuple[Any, ...]:
    unread = reader.brought.get("unread", 0)
    ranks = reader.has_role("manager", "admin"), reader.is_staff
    face = reader.name, reader.municipality_id, reader.photo_id
    shown = (reader.id, face, reader.zone, reader.region, reader.shortcuts)
    return *shown, unread, ranks, speech


def _draw(reader: Reader, token: str, said: list[Any]) -> str:
    viewer = None
    if reader.is_authenticated:
        viewer = {
            "id": reader.id,
            "name": reader.name,
            "municipality_id": reader.municipality_id,
            "photo_id": reader.photo_id,
            "unread": reader.brought.get("unread", 0),
            "csrf": token,
            "is_manager": reader.has_role("manager", "admin"),
            "is_staff": reader.is_staff,
        }
    return render_template("_viewer.html", viewer=viewer, reader=reader, said=said)
