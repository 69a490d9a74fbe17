"""The blueprint that the pages of handovers hang on."""

from flask import Blueprint

pages = Blueprint("handovers", __name__, url_prefix="/<language:language>")
