"""The blueprint of the pages of requests."""

from flask import Blueprint

pages = Blueprint("agenda", __name__, url_prefix="/<language:language>")
