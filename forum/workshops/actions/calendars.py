"""A calendar of one's own, at an address that is a secret."""

from sqlalchemy import delete

from forum.core import audit, clock
from forum.core.db import db, insert
from forum.core.derived import fresh_salt, token_of
from forum.core.reader import Reader
from forum.members.queries import token_hash
from forum.workshops.models import CalendarAddress

PURPOSE = "calendar"


def make_address(reader: Reader) -> None:
    """The member has an address from now on; one that they had leads nowhere any more."""
    salt = fresh_salt()
    made = {"salt": salt, "token_hash": token_hash(token_of(salt, purpose=PURPOSE)), "created_at": clock.now()}
    row = insert(CalendarAddress).values(member_id=reader.member_id, **made)
    db.session.execute(row.on_conflict_do_update(index_elements=["member_id"], set_=made))
    audit.note("calendar address made", actor_id=reader.id, subject=("member", reader.id))


def end_address(reader: Reader) -> None:
    """The member's address leads nowhere any more; without one nothing happens."""
    ended = delete(CalendarAddress).where(CalendarAddress.member_id == reader.member_id)
    if db.session.execute(ended.returning(CalendarAddress.member_id)).all():
        audit.note("calendar address ended", actor_id=reader.id, subject=("member", reader.id))
