"""The blueprint of the pages of calls and applications, and the doors that they pass."""

from flask import Blueprint
from sqlalchemy import Row

from forum.applying import queries, rules
from forum.core.errors import Forbidden
from forum.core.languages import current_speech
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.core.web import current_reader, signed_in_reader
from forum.workshops.queries import get_workshop
from forum.workshops.rules import may_manage_workshops

pages = Blueprint("applying", __name__, url_prefix="/<language:language>")


def seen_workshop(workshop_id: int) -> Row:
    """The workshop, or the one answer for hidden and absent."""
    return get_workshop(workshop_id, reader=current_reader(), language=current_speech().locale)


def managed(workshop_id: int) -> tuple[Row, Reader]:
    """The workshop, for a manager who sees it and has not applied to its call."""
    reader, workshop = signed_in_reader(), seen_workshop(workshop_id)
    if not may_manage_workshops(reader):
        raise Forbidden
    if not rules.may_run_calls(reader, own=queries.find_candidacy(workshop_id, reader.id)):
        raise Forbidden(_("You have applied to this call yourself; the other managers decide."))
    return workshop, reader


def runs(workshop_id: int, reader: Reader) -> bool:
    """Is the reader such a manager? For pages that others see too."""
    if not may_manage_workshops(reader):
        return False
    return rules.may_run_calls(reader, own=queries.find_candidacy(workshop_id, reader.id))
