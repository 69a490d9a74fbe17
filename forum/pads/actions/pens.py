"""The pen: one has it at a time. Whoever gives it, takes it or writes with it holds the pad's row until the transaction
ends, so it is exact in however many processes; on SQLite the whole transaction is alone anyway."""

from datetime import datetime, timedelta

from sqlalchemy import select

from forum.core import audit, clock
from forum.core.db import db, insert
from forum.core.errors import Conflict, Forbidden
from forum.core.events import record
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.members.models import Member
from forum.members.queries.names import name_or_former
from forum.pads.events import PadChanged
from forum.pads.models import Pad
from forum.pads.rules import Subject, is_asked, is_held, may_manage, may_write

LEASE = timedelta(seconds=75)  # of a page that saves by itself, and so says every few seconds that somebody is there
LONG_LEASE = timedelta(minutes=5)  # of a page without scripts, which says so when it is sent


def take_pen(subject: Subject, *, by: Reader, lease: timedelta = LEASE, from_writer: bool = False) -> None:
    """Write from now on; who has the pen already keeps it. Staff may take it `from_writer`, whoever that is: what the
    writer had not saved comes back to them. Raises Conflict where another one has it."""
    check_writer(subject, by)
    pad, now = hold(subject), clock.now()
    if not is_free_for(pad, by, now):
        if not (from_writer and may_manage(by, subject)):
            raise Conflict(said_of(pad, now))
        audit.note("pen taken", actor_id=by.id, subject=(subject.kind, subject.id), member=pad.writer_id)
    give(pad, by.member_id, now + lease)


def ask_for_pen(subject: Subject, *, by: Reader, lease: timedelta = LEASE) -> None:
    """The writer is told, and gives it; or it passes when the lease is over. A pen that nobody has comes at once. One
    asks at a time: Conflict for the second."""
    check_writer(subject, by)
    pad, now = hold(subject), clock.now()
    if is_free_for(pad, by, now):
        give(pad, by.member_id, now + lease)
        return
    if is_asked(pad, now) and pad.asker_id != by.id:
        raise Conflict(_("Somebody else has asked for the pen already. Try again in a moment."))
    pad.asker_id, pad.asked_at = by.id, now
    told(pad)


def take_asking_back(subject: Subject, *, by: Reader) -> None:
    """It is not wanted any more; twice does no harm."""
    check_writer(subject, by)
    pad = hold(subject)
    if pad.asker_id == by.id:
        pad.asker_id = pad.asked_at = None
        told(pad)


def put_pen_down(subject: Subject, *, by: Reader) -> None:
    """It goes to who asked for it, or to nobody. Who does not have it changes nothing."""
    check_writer(subject, by)
    pad = hold(subject)
    if pad.writer_id == by.id:
        pass_on(pad)


def check_writer(subject: Subject, by: Reader) -> None:
    """Raises Forbidden."""
    if not may_write(by, subject):
        raise Forbidden


def hold(subject: Subject) -> Pad:
    """The pad, made if need be, ours until the transaction ends."""
    empty = {"words": "", "html": "", "direction": "ltr", "renderer": 0, "version": 0, "change": 0}
    begun = insert(Pad).values(subject_kind=subject.kind, subject_id=subject.id, **empty)
    db.session.execute(begun.on_conflict_do_nothing())
    query = select(Pad).where(Pad.subject_kind == subject.kind, Pad.subject_id == subject.id).with_for_update()
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def is_free_for(pad: Pad, by: Reader, now: datetime) -> bool:
    """Is it theirs, or may they have it? What a lapsed lease left is for who asked, for a while."""
    if is_held(pad, now):
        return pad.writer_id == by.id
    return not is_asked(pad, now) or pad.asker_id == by.id


def give(pad: Pad, member_id: int, until: datetime) -> None:
    """It is theirs until then."""
    is_new = pad.writer_id != member_id
    pad.writer_id, pad.pen_until = member_id, until
    if pad.asker_id == member_id:
        pad.asker_id = pad.asked_at = None
    if is_new:
        told(pad)


def pass_on(pad: Pad) -> None:
    """To who asked for it, or to nobody. The pad is held."""
    now = clock.now()
    if is_asked(pad, now) and pad.asker_id is not None:
        give(pad, pad.asker_id, now + LEASE)
        return
    pad.writer_id = pad.pen_until = None
    told(pad)


def told(pad: Pad) -> None:
    """Those who look on hear of it."""
    pad.change += 1
    record(PadChanged(pad.id))


def said_of(pad: Pad, now: datetime) -> str:
    """Why somebody cannot have it."""
    who = pad.writer_id if is_held(pad, now) else pad.asker_id
    name = name_or_former(db.session.scalar(select(Member.display_name).where(Member.id == who)) or "")
    if is_held(pad, now):
        return _("%(name)s has the pen now. You can ask for it.", name=f"\u2068{name}\u2069")
    return _("The pen waits for %(name)s, who asked for it.", name=f"\u2068{name}\u2069")
