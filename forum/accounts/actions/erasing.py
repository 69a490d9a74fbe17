"""Erasures: asked for, waited for, done for good; and done again when a backup brought somebody back.

The wait is a member's way back from a mistake, and from somebody else who knows their password. Each is done in a
transaction of its own, so that one that fails keeps nobody else waiting.
"""

import logging
from datetime import datetime, timedelta

from sqlalchemy import select, update

from forum.accounts import mailings, queries, rules
from forum.accounts.models import LONGEST_REASON, Erasure, ErasureState
from forum.accounts.queries import UNDO
from forum.core import audit, clock
from forum.core.db import db, transaction
from forum.core.errors import Conflict, Forbidden, Invalid, LinkOver
from forum.core.languages import clean_line, strip_bidi
from forum.core.languages import gettext as _
from forum.core.personal import Who, erase_everywhere, ledger
from forum.core.reader import Reader
from forum.members.actions.leaving import erase_member
from forum.members.actions.tokens import make_token, member_of, use_token, void_tokens
from forum.members.events import LinkRenewed
from forum.members.models import Member, MemberState, Token
from forum.members.queries import roles_of
from forum.members.queries.staff import is_last_admin

log = logging.getLogger(__name__)

WAIT = timedelta(days=7)


def ask_erasure(member: Member, *, by: Reader, why: str = "") -> Erasure:
    """Have a member erased when a week has gone by; a letter tells them and has the way back. Managers say why."""
    why = clean_line(strip_bidi(why))
    if by.id != member.id:
        check_rights(member, by)
        if not 1 <= len(why) <= LONGEST_REASON:
            raise Invalid(fields={"why": _("Say why, in at most %(num)s characters.", num=LONGEST_REASON)})
    db.session.get(Member, member.id, with_for_update=True, populate_existing=True)  # two forms at once take turns
    if is_last_admin(member.id):
        raise Conflict(_("Nobody else administers this site. Make somebody an administrator first."))
    if queries.find_waiting_erasure(member.id):
        raise Conflict(_("This account is to be erased already."))
    now = clock.now()
    erasure = Erasure(member_id=member.id, asked_by_id=by.id, why=why, asked_at=now, due_at=now + WAIT)
    db.session.add(erasure)
    db.session.flush()
    _write(member, erasure)
    audit.note("erasure asked", actor_id=by.id, subject=("member", member.id))
    return erasure


def _write(member: Member, erasure: Erasure) -> None:
    """The letter with the way back."""
    about = {"member_id": member.id, "subject_id": erasure.id}
    secret = make_token(UNDO, member.email, renewable_until=erasure.due_at, **about)
    mailings.erasure_asked(member, erasure.due_at, secret=secret, by_themselves=erasure.asked_by_id == member.id)


def write_again(renewed: LinkRenewed) -> None:
    """The same once more, to a member whose link is too old."""
    token = db.session.get_one(Token, renewed.token_id)
    if token.purpose != UNDO:
        return
    member, erasure = member_of(token), db.session.get(Erasure, token.subject_id, populate_existing=True)
    if erasure is None or erasure.state != ErasureState.WAITING:
        raise LinkOver
    _write(member, erasure)


def check_rights(member: Member, by: Reader) -> None:
    """Raise Forbidden where a manager asks for somebody above them."""
    if not rules.may_end_account(by, roles_of(member.id)):
        raise Forbidden


def withdraw_erasure(erasure: Erasure, *, by: int | None) -> None:
    """The account stays; `by` None is whoever holds the link of the letter."""
    if erasure.state == ErasureState.WAITING:
        erasure.state, erasure.why = ErasureState.WITHDRAWN, ""
        void_tokens(Token.purpose == UNDO, Token.subject_id == erasure.id)
        audit.note("erasure withdrawn", actor_id=by, subject=("member", erasure.member_id))


def undo_erasure(token: str, erasure: Erasure) -> None:
    """Through the link of the letter."""
    use_token(token, UNDO)
    withdraw_erasure(erasure, by=None)


def do_erasures() -> None:
    """Errand: erase who has waited, and who came back with a backup; tell the ledger."""
    due = select(Erasure.id).where(Erasure.state == ErasureState.WAITING, Erasure.due_at <= clock.now())
    for id in db.session.scalars(due.order_by(Erasure.id)).all():
        try:
            with transaction():
                _do(id)
        except Exception:
            log.exception("erasure %d failed; the next round tries again", id)
    _tell_ledger()
    erase_again()


def _do(erasure_id: int) -> None:
    erasure = db.session.get_one(Erasure, erasure_id, with_for_update=True, populate_existing=True)
    if erasure.state != ErasureState.WAITING:
        return
    if is_last_admin(erasure.member_id):
        log.warning("erasure %d waits: nobody else administers the site", erasure_id)
        return
    _erase(db.session.get_one(Member, erasure.member_id, populate_existing=True))


def _erase(member: Member) -> None:
    """Everything that says who it was goes; the entry in the log says only that it was done."""
    who = Who(member.id, member.email, (member.display_name, member.other_name))
    erase_everywhere(who)
    erase_member(db.session.get_one(Member, who.id, populate_existing=True))
    now, waiting = clock.now(), (Erasure.member_id == who.id, Erasure.state == ErasureState.WAITING)
    done = update(Erasure).where(*waiting).values(state=ErasureState.DONE, why="", done_at=now).returning(Erasure.id)
    if not db.session.scalars(done).all():
        said = {"state": ErasureState.DONE, "asked_at": now, "due_at": now, "done_at": now}
        db.session.add(Erasure(member_id=who.id, asked_by_id=None, **said))
    audit.note("member erased", actor_id=None, subject=("member", who.id))


def _tell_ledger() -> None:
    """Only what is in the database for good stands in it; what a crash left out is noted the next time."""
    query = select(Erasure.id, Erasure.member_id, Member.created_at, Erasure.done_at).join(Member)
    rows = db.session.execute(query.where(Erasure.state == ErasureState.DONE, Erasure.noted_at.is_(None))).all()
    if rows:
        ledger.note((row.member_id, row.created_at, row.done_at) for row in rows)
        with transaction() as session:
            noted = update(Erasure).where(Erasure.id.in_([row.id for row in rows]))
            session.execute(noted.values(noted_at=clock.now()))


def erase_again() -> int:
    """Erase everybody who stands in the ledger and is there all the same; says how many."""
    noted, done = ledger.noted(), 0
    for id in _brought_back(noted):
        with transaction():
            _erase(db.session.get_one(Member, id, populate_existing=True))
        done += 1
    if done:
        log.warning("%d members whom a backup had brought back are erased again", done)
        _tell_ledger()
    return done


def _brought_back(noted: set[tuple[int, datetime]]) -> list[int]:
    ids, found = sorted(id for id, _joined in noted), []
    for start in range(0, len(ids), 500):
        query = select(Member.id, Member.created_at).where(
            Member.id.in_(ids[start : start + 500]), Member.state != MemberState.ERASED
        )
        found += [row.id for row in db.session.execute(query) if (row.id, row.created_at) in noted]
    return found
