"""Shutting somebody out for a while or until further notice, and letting them in again."""

from datetime import datetime, timedelta

from forum.core import audit, clock, stamps
from forum.core.db import db
from forum.core.errors import Forbidden, Invalid
from forum.core.events import record
from forum.core.languages import clean_body, has_visible
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.members import mailings, queries, rules
from forum.members.actions import end_sessions
from forum.members.events import MemberReinstated, MemberSuspended
from forum.members.models import Member, MemberState, Suspension
from forum.members.queries.suspensions import find_suspension, over, whom_to_ask

LONGEST_WHY = 500
LONGEST = timedelta(days=5 * 366)


def check_suspending(member: Member, *, by: Reader) -> None:
    """Raise Forbidden unless `by` may shut this member out, and let them in again."""
    if not rules.may_suspend(by):
        raise Forbidden
    if by.id == member.id:
        raise Forbidden(_("Nobody suspends themselves."))
    if not rules.may_suspend_member(by, member.id, queries.roles_of(member.id)):
        raise Forbidden(_("Nobody suspends somebody of a higher role."))


def suspend_member(member: Member, *, by: Reader, why: str, until: datetime | None = None) -> None:
    """The member may not sign in and is signed out everywhere, now. Done again, it holds for the new time."""
    check_suspending(member, by=by)
    why = clean_body(why)
    _check(why, until)
    db.session.refresh(member, with_for_update=True)
    if member.state == MemberState.ERASED:
        raise Forbidden
    found = find_suspension(member.id)
    if found is None:
        found = Suspension(member_id=member.id, by_id=by.id, began_at=clock.now())
        db.session.add(found)
    found.why, found.until, found.by_id = why, until, by.id
    end_sessions(member.id)  # while they still count as open
    member.state = MemberState.SUSPENDED
    stamps.bump(stamps.ACCESS)
    record(MemberSuspended(member.id))
    audit.note(
        "member suspended",
        actor_id=by.id,
        subject=("member", member.id),
        why=why,
        until=until and until.isoformat(timespec="seconds"),
    )
    mailings.suspended(member, why=why, until=until, ask=[(one.name, one.email) for one in whom_to_ask()])


def _check(why: str, until: datetime | None) -> None:
    wrong = {}
    if not has_visible(why):
        wrong["why"] = _("Say why: the member reads it too.")
    elif len(why) > LONGEST_WHY:
        wrong["why"] = _("At most %(num)s characters.", num=LONGEST_WHY)
    if until is not None and not clock.now() < until < clock.now() + LONGEST:
        wrong["last_day"] = _("Choose a day from today on, within the next five years.")
    if wrong:
        raise Invalid(fields=wrong)


def lift_suspension(member: Member, *, by: Reader | None) -> None:
    """The member may sign in again; `by` None is the clock. Twice does no harm."""
    if by is not None:
        check_suspending(member, by=by)
    db.session.refresh(member, with_for_update=True)
    if member.state != MemberState.SUSPENDED:
        return
    found = find_suspension(member.id)
    if found is not None:
        found.ended_at, found.ended_by_id = clock.now(), by and by.id
    member.state = MemberState.ACTIVE
    record(MemberReinstated(member.id))
    audit.note("suspension lifted", actor_id=by and by.id, subject=("member", member.id))
    mailings.suspension_over(member)


def lift_what_is_over() -> None:
    """Clock: who was shut out until now comes in again."""
    for one in over():
        member = db.session.get(Member, one.member_id)
        if member is not None and member.state == MemberState.SUSPENDED:
            lift_suspension(member, by=None)
        else:
            one.ended_at = clock.now()
