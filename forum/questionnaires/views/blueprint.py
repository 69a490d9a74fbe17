"""The pages of questionnaires; they hang on one blueprint."""

from flask import Blueprint

pages = Blueprint("questionnaires", __name__, url_prefix="/<language:language>")
