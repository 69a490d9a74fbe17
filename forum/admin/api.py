"""JSON about the site."""

from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response, jsonify

from forum.admin.shapes import SiteChangeShape, SiteShape
from forum.admin.views import manager
from forum.core.api import json_body
from forum.core.db import transaction
from forum.core.errors import Invalid
from forum.core.languages import gettext as _
from forum.core.openapi import gives
from forum.core.site import change_site, current_site

pages = Blueprint("admin_api", __name__, url_prefix="/api/v1")

SHAPES: dict[str, type] = {"names": dict, "welcome": dict, "languages": list, "starters": str}


@pages.get("/site")
@gives(SiteShape, guests=False)
def show() -> Response:
    """All settings of the site, for managers."""
    manager()
    return jsonify(asdict(current_site()))


@pages.patch("/site")
@gives(SiteShape, takes=SiteChangeShape)
def change() -> Response:
    """Change those settings that are named."""
    reader, body = manager(), json_body()
    wrong = {name: _("This must be text.") for name, kind in SHAPES.items() if not _has_shape(body.get(name), kind)}
    numbers = {name for name, value in body.items() if isinstance(value, bool)}
    if wrong or numbers:
        raise Invalid(fields=wrong | {name: _("This must be a whole number.") for name in numbers})
    with transaction():
        change_site(body, by=reader)
    return jsonify(asdict(current_site()))


def _has_shape(value: Any, kind: type) -> bool:
    if value is None or not isinstance(value, kind):
        return value is None
    inside = value.values() if isinstance(value, dict) else value
    return all(isinstance(one, str) and one.isprintable() | ("\n" in one) and "\x00" not in one for one in inside)
