"""JSON of workshops."""

from flask import Blueprint

pages = Blueprint("workshops_api", __name__, url_prefix="/api/v1")
