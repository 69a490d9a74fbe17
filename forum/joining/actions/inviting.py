"""Invitations: sent by managers, one or a list; used once; withdrawn."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select, update

from forum.core import audit, clock, limits
from forum.core.db import db
from forum.core.errors import Forbidden, Invalid, LinkOver
from forum.core.languages import LANGUAGES, clean_line
from forum.core.languages import gettext as _
from forum.core.mail import clean_address
from forum.core.reader import Reader
from forum.joining import mailings, queries, rules
from forum.joining.models import Application, ApplicationState, Invitation, InvitationState
from forum.members.actions import add_member
from forum.members.actions.naming import wrong_names
from forum.members.actions.tokens import LONG, make_token, use_token, void_tokens
from forum.members.events import MemberSuspended, RoleTaken
from forum.members.models import LONGEST_NAME, Member, Token, name_language_of
from forum.members.queries import find_by_email, find_reader_for
from forum.municipalities import queries as municipalities

INVITE = "invitation"
WAITING = (InvitationState.PREPARED, InvitationState.OPEN)
MOST, A_DAY = 200, 500  # lines in one list, invitations by one manager in a day


@dataclass(frozen=True)
class Guest:
    """One line of a list."""

    email: str
    name: str = ""


def guests_in(text: str) -> list[Guest]:
    """The lines of a list: e-mail and name in either order, with commas, semicolons or tabs, as tables are copied.
    Raises Invalid, naming the first line that is wrong; a heading without @ is passed over."""
    lines = [line for line in text.lstrip("\ufeff").splitlines() if line.strip()]
    if not lines:
        raise Invalid(fields={"guests": _("Please fill this in.")})
    if len(lines) > MOST:
        raise Invalid(fields={"guests": _("At most %(num)s lines at a time, please.", num=MOST)})
    found: dict[str, Guest] = {}
    for number, line in enumerate(lines, start=1):
        sign = next((one for one in "\t;," if one in line), ",")
        cells = [cell.strip() for cell in next(csv.reader([line], delimiter=sign))]
        if number == 1 and len(lines) > 1 and "@" not in line:
            continue
        emails = [email for cell in cells if (email := clean_address(cell))]
        named = next((cell for cell in cells if cell and clean_address(cell) is None), "")
        name = clean_line(named)
        if len(emails) != 1 or (name and wrong_names(named, "")) or len(name) > LONGEST_NAME:
            said = _("Line %(num)s is not an e-mail address, perhaps with a name beside it.", num=number)
            raise Invalid(fields={"guests": said})
        found.setdefault(emails[0], Guest(emails[0], name))
    return list(found.values())


def invite(guests: Sequence[Guest], *, by: Reader, municipality_id: int, language: str) -> int:
    """Write to each of them who is no member; an older invitation of the same person is replaced. Says how many."""
    if not rules.may_invite(by):
        raise Forbidden
    wrong = {}
    if not municipalities.is_known(municipality_id):
        wrong["municipality"] = _("Please choose a municipality from the list.")
    if language not in LANGUAGES:
        wrong["language"] = _("Choose one of the four languages.")
    if wrong:
        raise Invalid(fields=wrong)
    day = timedelta(days=1)
    limits.refuse_above(A_DAY, f"invited:{by.id}", window=day)
    sent = 0
    for guest in guests:
        if find_by_email(guest.email) is None:
            limits.count(f"invited:{by.id}", window=day)
            _invite(guest, by, municipality_id, language)
            sent += 1
    return sent


def _invite(guest: Guest, by: Reader, municipality_id: int, language: str) -> None:
    older = (Invitation.email == guest.email, Invitation.state.in_(WAITING))
    db.session.execute(update(Invitation).where(*older).values(state=InvitationState.WITHDRAWN))
    invitation = Invitation(
        state=InvitationState.OPEN,
        email=guest.email,
        display_name=guest.name,
        municipality_id=municipality_id,
        language=language,
        invited_by=by.id,
        created_at=clock.now(),
    )
    db.session.add(invitation)
    db.session.flush()
    secret = make_token(INVITE, guest.email, life=LONG, subject_id=invitation.id)
    mailings.invited(invitation, by=by.name, secret=secret)
    audit.note("invited", actor_id=by.id, subject=("invitation", invitation.id))


def withdraw(invitation_id: int, *, by: Reader) -> None:
    """The link opens nothing any more; twice is once."""
    if not rules.may_invite(by):
        raise Forbidden
    invitation = queries.get_invitation(invitation_id)
    if invitation.state in WAITING:
        _withdraw(invitation, by_id=by.id)


def withdraw_all(happened: MemberSuspended | RoleTaken) -> None:
    """Together: the links of who may invite no more open nothing any more. Another manager sees them withdrawn, and
    can invite these people anew. Who merely owes a second step sets up another one."""
    inviter = find_reader_for(happened.member_id)
    if inviter is not None and (rules.may_invite(inviter) or inviter.owes_second_step):
        return
    theirs = (Invitation.invited_by == happened.member_id, Invitation.state.in_(WAITING))
    for invitation in db.session.scalars(select(Invitation).where(*theirs).order_by(Invitation.id)):
        _withdraw(invitation, by_id=None)


def _withdraw(invitation: Invitation, *, by_id: int | None) -> None:
    invitation.state = InvitationState.WITHDRAWN
    void_tokens(Token.purpose == INVITE, Token.subject_id == invitation.id)
    audit.note("invitation withdrawn", actor_id=by_id, subject=("invitation", invitation.id))


def accept(token: str, *, hashed: str, display_name: str, other_name: str, language: str) -> Member:
    """Somebody joins with the link of their letter; raises LinkOver. `hashed` is their password's hash."""
    used = use_token(token, INVITE)
    invitation = db.session.get(Invitation, used.subject_id, populate_existing=True)
    if invitation is None or invitation.state != InvitationState.OPEN or find_by_email(used.email) is not None:
        raise LinkOver
    if language not in LANGUAGES:
        raise Invalid(fields={"language": _("Choose one of the four languages.")})
    member = add_member(
        email=used.email,
        password=hashed,
        is_hashed=True,
        display_name=display_name,
        other_name=other_name,
        name_language=name_language_of(display_name, language),
        language=language,
        zone=municipalities.get_municipality(invitation.municipality_id).zone,
        municipality_id=invitation.municipality_id,
    )
    invitation.state, invitation.member_id = InvitationState.USED, member.id
    waiting = (Application.email == used.email, Application.state == ApplicationState.WAITING)
    db.session.execute(update(Application).where(*waiting).values(state=ApplicationState.REPLACED))
    audit.note("invitation used", actor_id=member.id, subject=("invitation", invitation.id))
    return member


def forget_invitations() -> None:
    """Clock: who was invited and did not come is forgotten a month later."""
    old = (Invitation.state != InvitationState.USED, Invitation.created_at < clock.now() - timedelta(days=30))
    for invitation in db.session.scalars(select(Invitation).where(*old)):
        db.session.delete(invitation)
