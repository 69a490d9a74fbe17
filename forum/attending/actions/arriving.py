"""Who is here: by one tap while the doors are open, or noted by staff at any time."""

from typing import Any

from sqlalchemy import delete

from forum.attending import queries, rules
from forum.attending.events import AttendanceChanged
from forum.attending.models import Attendance, Presence
from forum.core import audit, clock
from forum.core.db import db, insert
from forum.core.errors import Conflict, Forbidden, NotFound
from forum.core.events import record
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.members.models import Member, MemberState
from forum.registering.events import RegistrationChanged
from forum.registering.models import Registration
from forum.workshops.models import Workshop


def arrive(workshop: Any, *, by: Reader) -> None:
    """The reader is here; twice does no harm. `workshop`: its row, or a row of a query."""
    _check_doors(workshop, by)
    _note(workshop.id, Presence.TAP, member_id=by.member_id)


def leave(workshop: Any, *, by: Reader) -> None:
    """The tap was a mistake. What staff noted stays."""
    _check_doors(workshop, by)
    own = queries.find_of_member(workshop.id, by.member_id)
    if own is not None and own.presence == Presence.STAFF:
        raise Forbidden(_("A moderator noted that you were here; ask them to change it."))
    _take_off(workshop.id, Attendance.member_id == by.member_id)


def _check_doors(workshop: Any, by: Reader) -> None:
    if not by.is_authenticated:
        raise Forbidden
    if workshop.cancelled_at is not None:
        raise Conflict(_("This event is cancelled."))
    if not rules.may_arrive(by, workshop):
        over = clock.now() > rules.doors(workshop)[1]
        raise Conflict(_("This event is over.") if over else _("The doors open half an hour before it begins."))


def note_member(workshop: Workshop, *, member_id: int, by: Reader) -> None:
    """A member was there, whether they had registered or not."""
    _check_staff(by)
    member = db.session.get(Member, member_id)
    if member is None or member.state != MemberState.ACTIVE:
        raise NotFound
    _note(workshop.id, Presence.STAFF, member_id=member_id, by=by)


def note_guest(workshop: Workshop, *, registration_id: int, by: Reader) -> None:
    """Somebody from the list of those who registered was there: a guest, or a member."""
    _check_staff(by)
    registration = queries.find_registration(workshop.id, registration_id)
    if registration is None:
        raise NotFound
    if registration.member_id is not None:
        note_member(workshop, member_id=registration.member_id, by=by)
    else:
        _note(workshop.id, Presence.STAFF, registration_id=registration.id, by=by)


def take_off_member(workshop: Workshop, *, member_id: int, by: Reader) -> None:
    """They were not there; where nobody said so, nothing happens."""
    _check_staff(by)
    if _take_off(workshop.id, Attendance.member_id == member_id):
        audit.note("attendance removed", actor_id=by.id, subject=("workshop", workshop.id), member=member_id)


def take_off_guest(workshop: Workshop, *, registration_id: int, by: Reader) -> None:
    """The same for somebody from the list of those who registered."""
    _check_staff(by)
    registration = queries.find_registration(workshop.id, registration_id)
    if registration is not None and registration.member_id is not None:
        take_off_member(workshop, member_id=registration.member_id, by=by)
    elif _take_off(workshop.id, Attendance.registration_id == registration_id):
        audit.note("attendance removed", actor_id=by.id, subject=("workshop", workshop.id), guest=registration_id)


def follow_registration(happened: RegistrationChanged) -> None:
    """Together: a guest who became a member was there as one person."""
    registration = db.session.get_one(Registration, happened.registration_id)
    if registration.member_id is None:
        return
    as_guest = queries.find_of_registration(registration.workshop_id, registration.id)
    if as_guest is None:
        return
    if queries.find_of_member(registration.workshop_id, registration.member_id) is not None:
        db.session.delete(as_guest)
    else:
        as_guest.member_id, as_guest.registration_id = registration.member_id, None


def _check_staff(by: Reader) -> None:
    if not rules.may_moderate(by):
        raise Forbidden


def _note(workshop_id: int, presence: Presence, *, by: Reader | None = None, **who: int) -> None:
    noted_by_id = by.id if by is not None else None
    known = {"noted_at": clock.now(), "presence": presence, "noted_by_id": noted_by_id}
    row = insert(Attendance).values(workshop_id=workshop_id, **who, **known)
    done = db.session.execute(row.on_conflict_do_nothing(index_elements=["workshop_id", *who]))
    if done.rowcount:  # type: ignore[attr-defined]
        if by is not None:
            audit.note("attendance noted", actor_id=by.id, subject=("workshop", workshop_id), **who)
        record(AttendanceChanged(workshop_id))


def _take_off(workshop_id: int, who: Any) -> bool:
    done = db.session.execute(delete(Attendance).where(Attendance.workshop_id == workshop_id, who))
    if done.rowcount:  # type: ignore[attr-defined]
        record(AttendanceChanged(workshop_id))
    return bool(done.rowcount)  # type: ignore[attr-defined]
