"""Pages of municipalities."""

from flask import Blueprint

pages = Blueprint("municipalities", __name__)
