"""The pages of surveys; they hang on one blueprint."""

from flask import Blueprint

pages = Blueprint("inquiries", __name__, url_prefix="/<language:language>")
