"""The blueprint of registrations' pages, and the workshop that they are about."""

from flask import Blueprint
from sqlalchemy import Row

from forum.core.languages import current_speech
from forum.core.web import current_reader
from forum.workshops import queries

pages = Blueprint("registering", __name__, url_prefix="/<language:language>")


def seen_workshop(workshop_id: int) -> Row:
    """The workshop, or the one answer for hidden and absent."""
    return queries.get_workshop(workshop_id, reader=current_reader(), language=current_speech().locale)
