"""The blueprint that the pages of topics and posts hang on."""

from flask import Blueprint

pages = Blueprint("topics", __name__, url_prefix="/<language:language>")
