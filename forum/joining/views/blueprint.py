"""The blueprint that the pages on the way in hang on."""

from flask import Blueprint

pages = Blueprint("joining", __name__, url_prefix="/<language:language>")
