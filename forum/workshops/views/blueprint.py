"""The blueprint of workshops' pages."""

from flask import Blueprint

pages = Blueprint("workshops", __name__, url_prefix="/<language:language>")
