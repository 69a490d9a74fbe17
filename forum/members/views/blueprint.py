"""The blueprint that the pages of members hang on."""

from flask import Blueprint

pages = Blueprint("members", __name__, url_prefix="/<language:language>")
