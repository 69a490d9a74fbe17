"""The blueprint that the pages of spaces hang on."""

from flask import Blueprint

pages = Blueprint("spaces", __name__, url_prefix="/<language:language>")
