"""The API's description of itself."""

from flask import Blueprint, Response, current_app, jsonify, request
from werkzeug.wrappers import Response as BaseResponse

from forum.core.openapi import document, gives

pages = Blueprint("home_api", __name__, url_prefix="/api/v1")


@pages.get("/openapi.json")
@gives(dict)
def describe() -> BaseResponse:
    """This document: OpenAPI 3.1."""
    response: Response = jsonify(document(current_app))
    response.add_etag()
    return response.make_conditional(request)
