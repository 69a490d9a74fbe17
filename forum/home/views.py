"""The first page; health and readiness."""

from typing import Any

from flask import Blueprint, Response, current_app, jsonify, redirect, render_template, url_for
from sqlalchemy import text
from werkzeug.wrappers import Response as BaseResponse

from forum.core import clock
from forum.core.db import db
from forum.core.languages import current_speech
from forum.core.languages import gettext as _
from forum.core.openapi import document
from forum.core.site import current_site
from forum.core.web import current_reader, preferred_language
from forum.joining import queries as joining
from forum.joining.rules import may_decide
from forum.topics import queries as topics
from forum.workshops import queries as workshops

FEW = 6
FEW_WAITING = 3

pages = Blueprint("home", __name__)


@pages.get("/<language:language>/")
def show() -> str:
    """What is new for me, what is coming, what waits, what is being discussed; a guest sees what this network is."""
    reader, language = current_reader(), current_speech().locale
    latest = topics.latest(reader, language, size=FEW)
    unread = topics.unread(reader, language, size=FEW) if reader.is_authenticated else None
    unanswered = topics.unanswered(reader, language, size=FEW_WAITING) if reader.is_authenticated else None
    rows = [*latest.items, *(unread.items if unread else ())]
    coming = workshops.coming(reader, language, size=3)
    site = current_site()
    about = _("A place where municipalities that host displaced people learn from one another.")
    return render_template(
        "home/home.html",
        shared={"title": site.name(current_speech().language), "description": about, "kind": "website"},
        canonical=url_for("home.show"),
        latest=latest,
        unread=unread,
        coming=coming,
        around=workshops.around({row.id for row in rows}, language),
        languages=workshops.languages_of([row.id for row in coming]),
        unanswered=unanswered,
        waiting=reader.brought.get("unread", 0),
        applications=joining.count_waiting() if may_decide(reader) else 0,
        now=clock.now(),
    )


@pages.get("/<language:language>/help")
def how() -> str:
    """How to use this place."""
    return render_template("home/help.html")


@pages.get("/<language:language>/help/api")
def api() -> str:
    """The API for people who write programs: its document as a reference."""
    described = document(current_app)
    groups: dict[str, list[dict[str, Any]]] = {}
    for path, methods in described["paths"].items():
        for method, told in methods.items():
            answers = {status: one for status, one in told["responses"].items() if "$ref" not in one}
            more = {"method": method.upper(), "path": path, "guests": {} in told["security"], "answers": answers}
            body = told.get("requestBody", {}).get("content", {})
            groups.setdefault(told["tags"][0], []).append(told | more | {"body": body})
    shapes = described["components"]["schemas"]
    origin = current_app.config["SETTINGS"].origin
    return render_template("home/api.html", groups=groups, shapes=shapes, origin=origin)


@pages.get("/<language:language>/conduct")
def conduct() -> str:
    """How to behave in it."""
    return render_template("home/conduct.html")


@pages.get("/<language:language>/privacy")
def privacy() -> str:
    """What is kept of whom, and who sees it."""
    return render_template("home/privacy.html")


@pages.get("/")
def choose_language() -> BaseResponse:
    """The first page in the reader's language."""
    response = redirect(url_for("home.show", language=preferred_language()))
    response.headers["Vary"] = "Cookie, Accept-Language"
    return response


@pages.get("/health")
def health() -> Response:
    """The process answers."""
    return jsonify({"status": "ok"})


@pages.get("/ready")
def ready() -> Response:
    """The process answers and reaches its database; otherwise 503 by the house's own error."""
    db.session.execute(text("SELECT 1"))
    return jsonify({"status": "ok"})
