"""JSON of municipalities."""

from flask import Blueprint, Response, jsonify, request

from forum.core.api import list_of
from forum.municipalities import queries
from forum.municipalities.forms import MunicipalityFilter
from forum.municipalities.shapes import municipality_shape, row_shape
from forum.municipalities.views import asked_page

pages = Blueprint("municipalities_api", __name__, url_prefix="/api/v1")


@pages.get("/municipalities")
def municipalities() -> Response:
    """The directory by name in the reader's language; `?name=`, `?country=`, `?cursor=`."""
    return list_of(asked_page(MunicipalityFilter(request.args)), row_shape)


@pages.get("/municipalities/<id:municipality_id>")
def municipality(municipality_id: int) -> Response:
    """One municipality."""
    return jsonify(municipality_shape(queries.get_municipality(municipality_id), queries.names_of(municipality_id)))
