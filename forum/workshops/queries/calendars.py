"""The addresses of members' own calendars."""

from sqlalchemy import select

from forum.core.db import db
from forum.core.errors import NotFound
from forum.core.reader import Reader
from forum.members.queries import reader_for, token_hash
from forum.workshops.models import CalendarAddress


def find_address(member_id: int) -> CalendarAddress | None:
    """The member's, if they have one."""
    query = select(CalendarAddress).where(CalendarAddress.member_id == member_id)
    return db.session.scalar(query.execution_options(populate_existing=True))


def find_calendar_reader(token: str) -> Reader:
    """Whose calendar this is, with what they may see now; NotFound when it is nobody's any more."""
    query = select(CalendarAddress.member_id).where(CalendarAddress.token_hash == token_hash(token))
    member_id = db.session.scalar(query)
    if member_id is None:
        raise NotFound
    return reader_for(member_id)
