"""What becomes of applications: proposed one by one, then told to all at once."""

from typing import Any

from forum.applying import mailings, queries, rules
from forum.applying.events import CandidacyDecided
from forum.applying.models import Call, Candidacy, CandidacyDecision, Decision
from forum.core import audit, clock
from forum.core.db import db
from forum.core.errors import Conflict, Forbidden, Invalid
from forum.core.events import record
from forum.core.languages import gettext as _
from forum.core.languages import ngettext
from forum.core.reader import Reader
from forum.members.models import Member
from forum.registering import actions as registering
from forum.registering.queries import capacity_of, find_of_member
from forum.registering.rules import is_over
from forum.spaces.queries import who_may_read
from forum.workshops.models import Workshop

LAST_RANK = 10_000


def decide(candidacy: Candidacy, decision: str, *, rank: int | None = None, by: Reader) -> None:
    """Propose what becomes of it; an empty decision takes the proposal back. Nobody but managers learns of it."""
    call = _held(candidacy.workshop_id, by)
    if not rules.is_decidable(call):
        raise Conflict(_("Proposals are made when the call is closed, until everybody is told."))
    if decision not in ("", *Decision):
        raise Invalid(fields={"decision": _("Choose one of the answers.")})
    if rank is not None and not 1 <= rank <= LAST_RANK:
        raise Invalid(fields={"rank": _("A whole number from 1 to %(num)s, or nothing.", num=LAST_RANK)})
    found = queries.find_decision(candidacy.id)
    if not decision:
        if found is not None:
            db.session.delete(found)
            db.session.flush()
        return
    rank = rank if decision == Decision.WAITING else None
    if found is None:
        found = CandidacyDecision(candidacy_id=candidacy.id)
        db.session.add(found)
    found.decision, found.rank = Decision(decision), rank
    found.decided_at, found.decided_by_id = clock.now(), by.id
    db.session.flush()


def tell_everybody(workshop: Workshop, *, by: Reader) -> None:
    """What was proposed holds now: places are given, and each applicant is told theirs. Twice does no harm."""
    call = _held(workshop.id, by)
    if call.told_at is not None:
        return
    if is_over(workshop):
        raise Conflict(_("This event is over or cancelled."))
    if not rules.is_decidable(call):
        raise Conflict(_("The call is still open."))
    rows = queries.decided(workshop.id)
    selected = [row.member_id for row in rows if row.decision == Decision.SELECTED]
    waiting = [row.member_id for row in rows if row.decision == Decision.WAITING]
    _check_numbers(workshop, undecided=sum(row.decision is None for row in rows), selected=selected, waiting=waiting)
    call.told_at = clock.now()
    call.assigned_at = call.assigned_at or call.told_at
    db.session.flush()
    registering.give_places(workshop, selected=selected, waiting=waiting)
    for candidacy_id in sorted(row.id for row in rows):  # in the order in which they came, whatever was decided
        record(CandidacyDecided(candidacy_id))
    numbers: dict[str, Any] = {"selected": len(selected), "waiting": len(waiting)}
    audit.note("everybody told", actor_id=by.id, subject=("workshop", workshop.id), all=len(rows), **numbers)


def _check_numbers(workshop: Workshop, *, undecided: int, selected: list[int], waiting: list[int]) -> None:
    seats = capacity_of(workshop.id) or 0
    if undecided:
        raise Conflict(
            ngettext(
                "Nothing is proposed for %(num)s application yet.",
                "Nothing is proposed for %(num)s applications yet.",
                undecided,
            )
        )
    if len(selected) > seats:
        raise Conflict(
            ngettext(
                "There are more selected than places: %(num)s too many.",
                "There are more selected than places: %(num)s too many.",
                len(selected) - seats,
            )
        )
    if waiting and len(selected) < seats:
        raise Conflict(
            ngettext(
                "%(num)s place would stay free while people wait. Select more of them, or say that there are fewer.",
                "%(num)s places would stay free while people wait. Select more of them, or say that there are fewer.",
                seats - len(selected),
            )
        )


def tell_applicant(happened: CandidacyDecided) -> None:
    """Later: the letter in their language, once. Who does not see the event any more gets none."""
    own = db.session.get(Candidacy, happened.candidacy_id, populate_existing=True, with_for_update=True)
    if own is None or own.letter_at is not None or own.withdrawn_at is not None:
        return
    own.letter_at = clock.now()
    workshop, decided = db.session.get_one(Workshop, own.workshop_id), queries.find_decision(own.id)
    if decided is None or not who_may_read(workshop.space_id, [own.member_id]):
        return
    mailings.decided(db.session.get_one(Member, own.member_id), workshop, Decision(decided.decision))


def release(candidacy: Candidacy, *, by: Reader) -> None:
    """Take back the place of somebody who does not answer: the next who waits has it."""
    call = _held(candidacy.workshop_id, by)
    if call.told_at is None:
        raise Conflict(_("Nobody has a place yet."))
    found = find_of_member(candidacy.workshop_id, candidacy.member_id)
    if found is not None:
        registering.release(found)
        audit.note("place released", actor_id=by.id, subject=("member", candidacy.member_id))


def note_export(workshop_id: int, *, by: Reader) -> None:
    """Somebody took the list of applications along."""
    audit.note("applications exported", actor_id=by.id, subject=("workshop", workshop_id))


def _held(workshop_id: int, by: Reader) -> Call:
    if not rules.may_run_calls(by, own=queries.find_candidacy(workshop_id, by.id)):
        raise Forbidden
    return queries.hold_call(workshop_id)
