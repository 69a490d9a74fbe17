"""Carrying a list in, some lines at a time, in the background; and its letters, when a manager asks for them."""

import logging

import gevent
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from forum.core import audit, clock
from forum.core.db import db, transaction
from forum.core.errors import Conflict, Invalid, Refused
from forum.core.events import record
from forum.core.jobs import current_jobs
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.joining import mailings
from forum.joining.actions.importing.keeping import check_open, check_rights, look_again
from forum.joining.actions.inviting import INVITE
from forum.joining.events import ImportStarted, LettersAsked
from forum.joining.models import Import, ImportLine, ImportState, ImportWay, Invitation, InvitationState, Outcome
from forum.members.actions import add_member
from forum.members.actions.resetting import welcome
from forum.members.actions.tokens import LONG, make_token
from forum.members.models import Member, MemberState, name_language_of
from forum.members.passwords import unguessable
from forum.members.queries import find_by_email
from forum.municipalities.queries import get_municipality

log = logging.getLogger(__name__)

SOME = 50  # lines in one transaction


def start(table: Import, *, way: str, by: Reader) -> None:
    """Carry in what is new: as invitations, or as members without a password. No letter goes out."""
    check_rights(by)
    if way not in list(ImportWay):
        raise Invalid(fields={"way": _("Choose one of the two.")})
    check_open(table)
    look_again(table)
    table.state, table.way, table.started_at = ImportState.RUNNING, ImportWay(way), clock.now()
    audit.note("member list carried in", actor_id=by.id, subject=("import", table.id), way=way)
    record(ImportStarted(table.id))


def hurry(_happened: ImportStarted | LettersAsked) -> None:
    """At once: have the jobs do it without waiting for the clock."""
    current_jobs().run_soon(carry_lists)


def carry_lists() -> None:
    """Errand: lists that are being carried in, and letters that were asked for, some lines at a time: each time is a
    transaction of its own, so that others write in between. What a crash leaves undone goes on at the next minute."""
    hashed = ""
    while True:
        if not hashed and db.session.scalar(select(Import.id).where(*_RUNNING, Import.way == ImportWay.MEMBERS)):
            hashed = unguessable()  # nobody has it: one for all of them, made before the first write
        with transaction():
            went = _carry_some(hashed) or _write_some()
        if not went:
            return
        gevent.sleep(0)


_RUNNING = (Import.state == ImportState.RUNNING,)


def _carry_some(hashed: str) -> bool:
    """Was there anything? A line is new, or done, in the same moment as what it brought about."""
    table = db.session.scalar(select(Import).where(*_RUNNING).order_by(Import.id).limit(1).with_for_update())
    if table is None or (table.way == ImportWay.MEMBERS and not hashed):
        return False
    query = select(ImportLine).where(ImportLine.import_id == table.id, ImportLine.outcome == Outcome.NEW)
    lines = db.session.scalars(query.order_by(ImportLine.number).limit(SOME)).all()
    for line in lines:
        try:
            with db.session.begin_nested():
                _carry(line, table, hashed)
        except (Refused, DBAPIError):
            log.exception("line %d of list %d cannot be carried in", line.number, table.id)
            line.outcome = Outcome.FAILED
    if len(lines) < SOME:
        table.state, table.done_at = ImportState.DONE, clock.now()
    return True


def _carry(line: ImportLine, table: Import, hashed: str) -> None:
    if find_by_email(line.email) is not None:  # who has come by another way since
        line.outcome = Outcome.MEMBER
    elif table.way == ImportWay.MEMBERS:
        _add(line, hashed)
    else:
        _prepare(line, table)
    db.session.flush()


def _add(line: ImportLine, hashed: str) -> None:
    municipality = get_municipality(line.municipality_id or 0)
    member = add_member(
        email=line.email,
        password=hashed,
        is_hashed=True,
        display_name=line.name,
        other_name=line.other_name,
        name_language=name_language_of(line.name, line.language),
        language=line.language,
        zone=municipality.zone,
        municipality_id=municipality.id,
        post_held=line.post_held,
    )
    line.member_id, line.outcome = member.id, Outcome.DONE


def _prepare(line: ImportLine, table: Import) -> None:
    invitation = Invitation(
        state=InvitationState.PREPARED,
        email=line.email,
        display_name=line.name,
        municipality_id=line.municipality_id,
        language=line.language,
        invited_by=table.by_id,
        created_at=clock.now(),
    )
    db.session.add(invitation)
    db.session.flush()
    line.invitation_id, line.outcome = invitation.id, Outcome.DONE


def send_letters(table: Import, *, by: Reader) -> None:
    """The second choice: everybody who was carried in, and has had none, gets the letter with their link."""
    check_rights(by)
    db.session.refresh(table, with_for_update=True)
    if table.state != ImportState.DONE:
        raise Conflict(_("The list is not carried in yet."))
    if table.letters_at is None:
        table.letters_at, table.letters_by_id = clock.now(), by.id
        audit.note("letters to a member list", actor_id=by.id, subject=("import", table.id))
        record(LettersAsked(table.id))


def _write_some() -> bool:
    """Were there any letters to write? Who has had one gets no second one."""
    pending = select(ImportLine.import_id).where(ImportLine.outcome == Outcome.DONE)
    asked = select(Import).where(Import.letters_at.is_not(None), Import.id.in_(pending))
    table = db.session.scalar(asked.order_by(Import.id).limit(1).with_for_update())
    if table is None:
        return False
    query = select(ImportLine).where(ImportLine.import_id == table.id, ImportLine.outcome == Outcome.DONE)
    by = db.session.get(Member, table.letters_by_id) if table.letters_by_id else None
    for line in db.session.scalars(query.order_by(ImportLine.number).limit(SOME)).all():
        _write_to(line, by=by.display_name if by else "")
        line.outcome = Outcome.TOLD
    return True


def _write_to(line: ImportLine, *, by: str) -> None:
    member = db.session.get(Member, line.member_id) if line.member_id else None
    invitation = db.session.get(Invitation, line.invitation_id) if line.invitation_id else None
    if member is not None and member.state == MemberState.ACTIVE:
        welcome(member)
    if invitation is not None and invitation.state == InvitationState.PREPARED:
        invitation.state, invitation.created_at = InvitationState.OPEN, clock.now()
        secret = make_token(INVITE, invitation.email, life=LONG, subject_id=invitation.id)
        mailings.invited(invitation, by=by, secret=secret)
