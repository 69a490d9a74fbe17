"""The blueprint that the JSON of members hangs on."""

from flask import Blueprint

pages = Blueprint("members_api", __name__, url_prefix="/api/v1")
