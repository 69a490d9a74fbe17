"""The API's description of itself."""

from flask import Blueprint, Response, current_app, jsonify

from forum.core.openapi import document, gives

pages = Blueprint("home_api", __name__, url_prefix="/api/v1")


@pages.get("/openapi.json")
@gives(dict)
def describe() -> Response:
    """This document: OpenAPI 3.1."""
    return jsonify(document(current_app))
