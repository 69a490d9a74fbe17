"""What a signed-in member does for their own account: another password, another e-mail address."""

from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from forum.core import audit, clock
from forum.core.db import db
from forum.core.errors import LinkOver
from forum.members import mailings, passwords, queries
from forum.members.actions import end_sessions
from forum.members.actions.resetting import note_asking
from forum.members.actions.tokens import RESET, WELCOME, make_token, use_token, void_tokens
from forum.members.events import LinkRenewed
from forum.members.models import Member, MemberState, Token

# Links that confirm a new address, and that bring the old one back.
CONFIRM, UNDO = "email", "email undo"

WAIT = timedelta(days=7)  # in which a change of address can be taken back


def change_password(member: Member, *, hashed: str, but: int | None) -> None:
    """Another password, hashed already; all devices but one are signed out, and links for a new password end."""
    member.password_hash = hashed
    end_sessions(member.id, but=but)
    void_tokens(Token.member_id == member.id, Token.purpose.in_([RESET, WELCOME]))
    audit.note("password changed", actor_id=member.id, subject=("member", member.id))
    mailings.password_changed(member, stays_here=but is not None)


def rehash(member: Member, password: str) -> None:
    """Keep the right password as one is kept today, where it is kept otherwise."""
    if passwords.is_outdated(member.password_hash):
        member.password_hash = passwords.hash_password(password)


def ask_email(member: Member, email: str, *, address: str) -> None:
    """Send a link to the new address. If it is another member's, the same is done for nobody."""
    note_asking(email, address)
    is_free = queries.find_by_email(email) is None
    void_tokens(Token.member_id == member.id, Token.purpose == CONFIRM)
    secret = make_token(CONFIRM, email, member_id=member.id if is_free else None)
    mailings.confirm_email(member, email, secret=secret, void=not is_free)


def use_email_link(token: str, *, hashed: str) -> Token:
    """Do what a link about an address is for; raises LinkOver. `hashed` is of a password that nobody has."""
    used = use_token(token, CONFIRM, UNDO)
    member = db.session.get(Member, used.member_id, populate_existing=True) if used.member_id else None
    if member is None or member.state != MemberState.ACTIVE:
        raise LinkOver
    if used.purpose == UNDO:
        _take_back(member, used, hashed)
    else:
        _change_email(member, used)
    return used


def _change_email(member: Member, used: Token) -> None:
    old = member.email
    _set_email(member, used.email)
    void_tokens(Token.member_id == member.id, Token.purpose.in_([RESET, WELCOME, CONFIRM]))
    _offer_undo(member, old, until=clock.now() + WAIT)
    audit.note("e-mail changed", actor_id=member.id, subject=("member", member.id))


def _offer_undo(member: Member, old: str, *, until: datetime) -> None:
    secret = make_token(UNDO, old, member_id=member.id, renewable_until=until)
    mailings.email_changed(member, old, secret=secret)


def offer_undo_again(renewed: LinkRenewed) -> None:
    """The letter about a change of address once more, to where it was sent before."""
    token = db.session.get_one(Token, renewed.token_id)
    if token.purpose != UNDO or token.renewable_until is None:
        return
    member = db.session.get(Member, token.member_id, populate_existing=True) if token.member_id else None
    if member is None or member.state != MemberState.ACTIVE:
        raise LinkOver
    _offer_undo(member, token.email, until=token.renewable_until)


def _take_back(member: Member, used: Token, hashed: str) -> None:
    """Whoever made the change may know the password: it ends too, and with it every device. An undo from a later
    address ends; one from an earlier address holds, so that the first owner has the last word."""
    if member.email != used.email:
        _set_email(member, used.email)
    member.password_hash = hashed
    end_sessions(member.id)
    void_tokens(Token.member_id == member.id, Token.purpose.in_([RESET, WELCOME, CONFIRM]))
    later = Token.renewable_until > used.renewable_until  # a link that was renewed keeps its place among the others
    void_tokens(Token.member_id == member.id, Token.purpose == UNDO, later)
    secret = make_token(RESET, member.email, member_id=member.id)
    mailings.reset(mailings.to(member), secret=secret)
    audit.note("e-mail taken back", actor_id=member.id, subject=("member", member.id))


def _set_email(member: Member, email: str) -> None:
    """Theirs from now on, unless somebody else's meanwhile."""
    if queries.find_by_email(email) is not None:
        raise LinkOver
    try:
        db.session.execute(update(Member).where(Member.id == member.id).values(email=email))
    except IntegrityError:
        raise LinkOver from None
