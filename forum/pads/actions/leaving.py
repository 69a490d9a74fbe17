"""Who has no place at an event any more lays the pen down, in the same moment and not when the lease is over."""

from sqlalchemy import or_, select

from forum.core import clock
from forum.core.db import db
from forum.members.queries import reader_for
from forum.pads.actions.pens import pass_on, told
from forum.pads.models import Pad
from forum.pads.rules import WORKSHOP, is_held
from forum.spaces.events import SpaceLeft
from forum.spaces.queries import who_may_read
from forum.workshops.models import Workshop
from forum.workshops.queries import find_space_of


def leave_pen(workshop_id: int, member_id: int) -> None:
    """The member writes there no more, nor waits for the pen; it is the next one's. Staff write without a place."""
    query = select(Pad).where(
        Pad.subject_kind == WORKSHOP,
        Pad.subject_id == workshop_id,
        or_(Pad.writer_id == member_id, Pad.asker_id == member_id),
    )
    pad = db.session.scalar(query.with_for_update().execution_options(populate_existing=True))
    if pad is None or _is_staff_there(workshop_id, member_id):
        return
    if pad.asker_id == member_id:
        pad.asker_id = pad.asked_at = None
        told(pad)
    if pad.writer_id == member_id and is_held(pad, clock.now()):
        pass_on(pad)


def leave_space(happened: SpaceLeft) -> None:
    """Together: who does not see an event any more does not write there."""
    seen = select(Workshop.id).where(Workshop.space_id == happened.space_id)
    theirs = or_(Pad.writer_id == happened.member_id, Pad.asker_id == happened.member_id)
    query = select(Pad.subject_id).where(Pad.subject_kind == WORKSHOP, Pad.subject_id.in_(seen), theirs)
    if not who_may_read(happened.space_id, [happened.member_id]):
        for workshop_id in db.session.scalars(query.order_by(Pad.id)).all():
            leave_pen(workshop_id, happened.member_id)


def _is_staff_there(workshop_id: int, member_id: int) -> bool:
    space = find_space_of(workshop_id)
    sees = space is not None and bool(who_may_read(space.id, [member_id]))
    return sees and reader_for(member_id).is_staff
