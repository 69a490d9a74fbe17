"""The blueprint that the pages of municipalities hang on, and who keeps them."""

from flask import Blueprint

from forum.core.door import reader_who
from forum.core.reader import Reader
from forum.municipalities.rules import may_manage_municipalities

pages = Blueprint("municipalities", __name__, url_prefix="/<language:language>")


def keeper() -> Reader:
    """The manager who asks; raises SignInNeeded or Forbidden."""
    return reader_who(may_manage_municipalities)
