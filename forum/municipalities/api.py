"""JSON of municipalities."""

from flask import Blueprint

pages = Blueprint("municipalities_api", __name__, url_prefix="/api/v1")
