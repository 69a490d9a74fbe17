"""The blueprint that the pages of municipalities hang on, and who keeps them."""

from flask import Blueprint

from forum.core.errors import Forbidden
from forum.core.reader import Reader
from forum.core.web import signed_in_reader
from forum.municipalities.rules import may_manage_municipalities

pages = Blueprint("municipalities", __name__, url_prefix="/<language:language>")


def keeper() -> Reader:
    """The manager who asks; raises SignInNeeded or Forbidden."""
    reader = signed_in_reader()
    if not may_manage_municipalities(reader):
        raise Forbidden
    return reader
