"""The JSON of topics and posts stands under one address."""

from flask import Blueprint

pages = Blueprint("topics_api", __name__, url_prefix="/api/v1")
