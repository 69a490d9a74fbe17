"""Passwords set through a link in a letter: a forgotten one, and a new member's first."""

from datetime import timedelta

from forum.core import audit, limits
from forum.core.languages import current_speech
from forum.core.mail import Addressee
from forum.members import mailings, passwords, queries
from forum.members.actions import end_sessions
from forum.members.actions.tokens import LONG, RESET, WELCOME, make_token, member_of, use_token, void_tokens
from forum.members.models import Member, MemberState, Token
from forum.members.queries.tokens import get_token

WINDOW = timedelta(hours=1)
PER_EMAIL, PER_ADDRESS, EVERYWHERE = 3, 20, 500  # letters asked for in one window
TRIES = 30  # links opened from one address in one window


def check_asking(email: str, address: str) -> None:
    """Refuse when this address, or everybody for this e-mail, asked too often; for unknown e-mails alike."""
    limits.refuse_above(PER_EMAIL, f"letter:{email}", window=WINDOW)
    limits.refuse_above(PER_ADDRESS, f"letter:{address}", window=WINDOW)
    limits.refuse_above(EVERYWHERE, "letter", window=WINDOW)


def note_asking(email: str, address: str) -> None:
    """Count one letter that was asked for."""
    for name in (f"letter:{email}", f"letter:{address}", "letter"):
        limits.count(name, window=WINDOW)


def ask_reset(email: str, *, address: str) -> None:
    """Send a link for a new password, if this is a member's address; if not, the same is done for nobody."""
    note_asking(email, address)
    member = queries.find_by_email(email)
    known = member if member is not None and member.state == MemberState.ACTIVE else None
    secret = make_token(RESET, email, member_id=known.id if known else None)
    nobody = Addressee(email, email, current_speech().locale)
    mailings.reset(mailings.to(known) if known else nobody, secret=secret)


def welcome(member: Member) -> None:
    """A new member's letter, with the link to their first password."""
    secret = make_token(WELCOME, member.email, life=LONG, member_id=member.id)
    mailings.welcome(member, secret)


def set_password(token: str, password: str) -> Member:
    """Set the password behind a link. All devices are signed out."""
    found = get_token(token, RESET, WELCOME)
    passwords.check_password(password, email=found.email)
    hashed = passwords.hash_password(password)  # before the first write: it takes long
    used = use_token(token, RESET, WELCOME)
    member = member_of(used)
    member.password_hash = hashed
    end_sessions(member.id)
    void_tokens(Token.member_id == member.id, Token.purpose.in_([RESET, WELCOME]))
    audit.note("password set", actor_id=member.id, subject=("member", member.id), by=used.purpose)
    if used.purpose == RESET:
        mailings.password_changed(member)
    return member
