"""Style sheet, scripts and icons as the bundler left them: names with a hash, kept by browsers for a year."""

import json
from functools import partial
from pathlib import Path

from flask import Flask, Response, request, send_from_directory
from markupsafe import Markup, escape

from forum.core.errors import NotFound
from forum.core.front import encoding_for

DIST = Path(__file__).resolve().parents[1] / "static" / "dist"
FOREVER = "public, max-age=31536000, immutable"
ICON_SIZES = (180, 512)  # pixels: for home screens, and for messengers
SUFFIXES = {"br": ".br", "gzip": ".gz"}


class AssetsMissing(Exception):
    """The front end was not bundled; the message says how."""


def init_app(app: Flask) -> None:
    """Give templates `asset(name)` and `icon_href(name)`, and serve what they point to."""
    manifest = _manifest()
    app.jinja_env.globals["asset"] = lambda name: f"/assets/{manifest[name]}"
    app.jinja_env.globals["icon_href"] = lambda name: Markup(f"/assets/{manifest['icons.svg']}#{escape(name)}")
    app.add_url_rule("/assets/<path:name>", "assets", _serve)
    app.add_url_rule("/favicon.svg", "favicon", lambda: _serve_icon("favicon.svg", "image/svg+xml"))
    for size in ICON_SIZES:
        serve = partial(_serve_icon, f"icon-{size}.png", "image/png")
        app.add_url_rule(f"/icon-{size}.png", f"icon_{size}", serve)


def _manifest() -> dict[str, str]:
    path = DIST / "manifest.json"
    if not path.exists():
        raise AssetsMissing("forum/static/dist is empty: `make run` and `make assets` fill it.")
    manifest: dict[str, str] = json.loads(path.read_text())
    return manifest


def _serve(name: str) -> Response:
    """A bundled file, in the compressed copy that lies beside it where the browser takes one."""
    encoding = encoding_for(request.headers.get("Accept-Encoding", ""))
    copy = name + SUFFIXES.get(encoding, "")
    if not encoding or not (DIST / copy).is_file() or ".." in name:
        copy, encoding = name, ""
    if not (DIST / copy).is_file():
        raise NotFound
    response = send_from_directory(DIST, copy, mimetype=_kind(name))
    if encoding:
        response.headers["Content-Encoding"] = encoding
    response.headers["Cache-Control"] = FOREVER
    response.headers["Vary"] = "Accept-Encoding"
    return response


def _serve_icon(name: str, kind: str) -> Response:
    response = send_from_directory(DIST.parent, name, mimetype=kind)
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response


def _kind(name: str) -> str:
    kinds = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".map": "application/json"}
    return kinds.get(Path(name).suffix, "application/octet-stream")
