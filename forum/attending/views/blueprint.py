"""The blueprint of the pages of attending, and the event that they are about."""

from flask import Blueprint, redirect, url_for
from sqlalchemy import Row
from werkzeug.wrappers import Response as BaseResponse

from forum.attending import rules
from forum.core.errors import Forbidden
from forum.core.languages import current_speech
from forum.core.web import current_reader, signed_in_reader
from forum.workshops import queries

pages = Blueprint("attending", __name__, url_prefix="/<language:language>")


def seen_workshop(workshop_id: int) -> Row:
    """The event, or the one answer for hidden and absent."""
    return queries.get_workshop(workshop_id, reader=current_reader(), language=current_speech().locale)


def staffed(workshop_id: int) -> Row:
    """The event, for a moderator or manager who sees it."""
    reader, workshop = signed_in_reader(), seen_workshop(workshop_id)
    if not rules.may_moderate(reader):
        raise Forbidden
    return workshop


def back_to_live(workshop_id: int, question_id: int | None = None) -> BaseResponse:
    """To the live page, where the question stands if there is one."""
    anchor = f"question-{question_id}" if question_id else None
    return redirect(url_for("attending.live", workshop_id=workshop_id, _anchor=anchor), 303)
