"""The blueprint of the pages of records."""

from flask import Blueprint

pages = Blueprint("records", __name__, url_prefix="/<language:language>")
