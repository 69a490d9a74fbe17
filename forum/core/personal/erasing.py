"""Erasing: every part lets go of a person, the highest feature first, because tables point down."""

from sqlalchemy import delete, update

from forum.core.db import db
from forum.core.personal.parts import Erased, Who, current_parts


def erase_everywhere(who: Who) -> None:
    """In the running transaction: what is counted is counted anew, then rows go or forget whom they named."""
    parts = tuple(reversed(current_parts()))
    for part in parts:
        part.before_erasing(who)
    for held in [held for part in parts for held in part.held]:
        theirs = held.key == held.of(who)
        if held.erased == Erased.GOES:
            db.session.execute(delete(held.table).where(theirs))
        elif held.erased == Erased.EMPTIED:
            db.session.execute(update(held.table).where(theirs).values({held.key: None}))
    db.session.expire_all()
