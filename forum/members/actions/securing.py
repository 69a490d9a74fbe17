"""What a signed-in member does for their own account: another password, another e-mail address."""

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from forum.core import audit
from forum.core.db import db
from forum.core.errors import LinkOver
from forum.members import mailings, passwords, queries
from forum.members.actions import end_sessions
from forum.members.actions.resetting import note_asking
from forum.members.actions.tokens import LONG, RESET, WELCOME, make_token, use_token, void_tokens
from forum.members.models import Member, MemberState, Token

# Links that confirm a new address, and that bring the old one back.
CONFIRM, UNDO = "email", "email undo"


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
    secret = make_token(UNDO, old, life=LONG, member_id=member.id)
    mailings.email_changed(member, old, secret=secret)
    audit.note("e-mail changed", actor_id=member.id, subject=("member", member.id))


def _take_back(member: Member, used: Token, hashed: str) -> None:
    """Whoever made the change may know the password: it ends too, and with it every device. An undo from a later
    address ends; one from an earlier address holds, so that the first owner has the last word."""
    if member.email != used.email:
        _set_email(member, used.email)
    member.password_hash = hashed
    end_sessions(member.id)
    void_tokens(Token.member_id == member.id, Token.purpose.in_([RESET, WELCOME, CONFIRM]))
    void_tokens(Token.member_id == member.id, Token.purpose == UNDO, Token.id > used.id)
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
