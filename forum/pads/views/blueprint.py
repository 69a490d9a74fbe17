"""The blueprint of pads' pages, and the door: the event whose notes they are."""

from flask import Blueprint
from sqlalchemy import Row

from forum.core.languages import current_speech
from forum.core.reader import Reader
from forum.core.web import current_reader, signed_in_reader
from forum.pads.actions.pens import check_writer
from forum.pads.queries import Desk, desk_of
from forum.pads.rules import Subject
from forum.registering.queries import has_place
from forum.workshops.queries import get_workshop

pages = Blueprint("pads", __name__, url_prefix="/<language:language>")


def seen(workshop_id: int) -> tuple[Row, Subject]:
    """The event and how the reader stands to its notes; the one answer for hidden and absent."""
    reader = current_reader()
    workshop = get_workshop(workshop_id, reader=reader, language=current_speech().locale)
    return workshop, Subject.of_workshop(workshop, takes_part=has_place(workshop.id, reader))


def written(workshop_id: int) -> tuple[Subject, Reader]:
    """For who may write; before what was sent is looked at."""
    reader = signed_in_reader()
    _workshop, subject = seen(workshop_id)
    check_writer(subject, reader)
    return subject, reader


def desk_at(workshop_id: int) -> Desk:
    """The notes as the reader may use them now."""
    _workshop, subject = seen(workshop_id)
    return desk_of(subject, reader=current_reader())
