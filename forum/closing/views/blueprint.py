"""The blueprint of closing's pages, and the door to them."""

from flask import Blueprint
from sqlalchemy import Row

from forum.closing.actions.saving import check_closable
from forum.closing.rules import may_close
from forum.core.errors import Forbidden
from forum.core.languages import current_speech
from forum.core.reader import Reader
from forum.core.web import signed_in_reader
from forum.workshops.queries import get_workshop

pages = Blueprint("closing", __name__)


def closed_by(workshop_id: int) -> tuple[Row, Reader]:
    """The event, for a manager who sees it and may close it now."""
    workshop, reader = managed(workshop_id)
    check_closable(workshop, reader)
    return workshop, reader


def managed(workshop_id: int) -> tuple[Row, Reader]:
    """The event, for a manager who sees it."""
    reader = signed_in_reader()
    workshop = get_workshop(workshop_id, reader=reader, language=current_speech().locale)
    if not may_close(reader):
        raise Forbidden
    return workshop, reader
