"""For search engines and telephones: which pages may be found, and what the site is called on a home screen."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from flask import Blueprint, Response, current_app, jsonify, url_for

from forum.core.errors import NotFound
from forum.core.languages import current_speech
from forum.core.languages import gettext as _
from forum.core.settings import Settings
from forum.core.site import current_site
from forum.topics import queries as topics
from forum.workshops import queries as workshops

CHUNK = 500  # topics of one file, in every language: half a megabyte
MOST_PARTS = 50_000  # of one index, says sitemaps.org
CLOSED = ("/api/", "/*/members", "/*/sign-in", "/*/reset", "/*/apply", "/*/topics?", "/*/posts/", "/*/polls/")

pages = Blueprint("finding", __name__)


@pages.get("/robots.txt")
def robots() -> Response:
    """Discussions may be found; people may not, nor what only repeats them."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED), "", f"Sitemap: {_base()}/sitemap.xml"]
    return Response("\n".join(lines) + "\n", mimetype="text/plain")


@pages.get("/sitemap.xml")
def sitemap() -> Response:
    """Where the lists are: one of places and events, and one for every CHUNK ids of topics."""
    parts = ["places", *(f"topics-{part + 1}" for part in range(-(-topics.last_public_id() // CHUNK)))]
    lines = [f"<sitemap><loc>{_base()}/sitemap/{part}.xml</loc></sitemap>" for part in parts]
    return _xml("sitemapindex", lines)


@pages.get("/sitemap/places.xml")
def places() -> Response:
    """The pages that are always there, and every event that everybody may see."""
    fixed = ["home.show", "topics.index", "workshops.index", "municipalities.index", "topics.themes", "home.how"]
    entries: list[tuple[list[str], datetime | None]] = [(_addresses(endpoint), None) for endpoint in fixed]
    for workshop_id in workshops.public_ids():
        entries.append((_addresses("workshops.show", workshop_id=workshop_id), None))
    return _xml("urlset", _urls(entries))


@pages.get("/sitemap/topics-<id:part>.xml")
def some_topics(part: int) -> Response:
    """Those among CHUNK ids of topics that everybody may see; the first part begins with the first id."""
    if part > MOST_PARTS:
        raise NotFound
    rows = topics.public_topics(after=(part - 1) * CHUNK, up_to=part * CHUNK)
    entries = [(_addresses("topics.show", topic_id=row.id, slug=row.slug or None), row.last_post_at) for row in rows]
    return _xml("urlset", _urls(entries))


def _base() -> str:
    settings: Settings = current_app.config["SETTINGS"]
    return settings.base_url


def _addresses(endpoint: str, **values: object) -> list[str]:
    """The same page in each language."""
    return [_base() + url_for(endpoint, **values, language=one) for one in current_site().languages]  # type: ignore[arg-type]


def _urls(entries: Iterable[tuple[Sequence[str], datetime | None]]) -> list[str]:
    """Every page in every language, each with its twins."""
    languages, lines = current_site().languages, []
    for addresses, changed in entries:
        twins = "".join(
            f'<xhtml:link rel="alternate" hreflang="{one}" href="{address}"/>'
            for one, address in zip(languages, addresses, strict=True)
        )
        when = f"<lastmod>{changed:%Y-%m-%d}</lastmod>" if changed else ""
        lines += [f"<url><loc>{address}</loc>{when}{twins}</url>" for address in addresses]
    return lines


def _xml(root: str, lines: Iterable[str]) -> Response:
    spaces = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
    body = "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', f"<{root} {spaces}>", *lines, f"</{root}>\n"])
    return Response(body, mimetype="application/xml")


@pages.get("/<language:language>/site.webmanifest")
def manifest() -> Response:
    """What a telephone shows when the site stands on its home screen."""
    speech = current_speech()
    name = current_site().name(speech.language)
    answer = jsonify(
        {
            "name": name,
            "short_name": name[:12],
            "description": _("A place where municipalities that host displaced people learn from one another."),
            "lang": speech.tag,
            "dir": speech.direction,
            "start_url": url_for("home.show"),
            "scope": "/",
            "display": "minimal-ui",
            "background_color": "#fbf8f3",
            "theme_color": "#0b5b66",
            "icons": [
                {"src": "/favicon.svg", "sizes": "any", "type": "image/svg+xml"},
                {"src": "/icon-180.png", "sizes": "180x180", "type": "image/png"},
                {"src": "/icon-512.png", "sizes": "512x512", "type": "image/png", "purpose": "any maskable"},
            ],
        }
    )
    answer.mimetype = "application/manifest+json"
    return answer
