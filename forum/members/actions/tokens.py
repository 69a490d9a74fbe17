"""Tokens in letters: made, replaced, used once. The token itself is in no table: see core/derived."""

from datetime import datetime, timedelta

from sqlalchemy import delete, update

from forum.core import clock
from forum.core.db import db
from forum.core.derived import fresh_salt, token_of
from forum.core.errors import LinkOver
from forum.core.events import record
from forum.core.mail import Secret
from forum.members.events import LinkRenewed
from forum.members.models import Member, MemberState, Token
from forum.members.queries import token_hash
from forum.members.queries.tokens import is_good_token, is_renewable, over

SHORT = timedelta(minutes=60)
LONG = timedelta(days=7)  # invitations, to become a member and to a first password

# What a link from a letter is for. A purpose is part of what a token opens.
RESET, WELCOME = "reset", "welcome"


def make_token(
    purpose: str,
    email: str,
    *,
    life: timedelta = SHORT,
    member_id: int | None = None,
    subject_id: int | None = None,
    renewable_until: datetime | None = None,
) -> Secret:
    """A token for this address; an older one for the same purpose opens nothing any more. When it is too old, it can
    still ask for another to the same address, until then."""
    now = clock.now()
    void_tokens(Token.purpose == purpose, Token.email == email)
    secret = Secret(fresh_salt(), now + life)
    db.session.add(
        Token(
            token_hash=token_hash(token_of(secret.salt)),
            purpose=purpose,
            member_id=member_id,
            subject_id=subject_id,
            email=email,
            created_at=now,
            expires_at=secret.expires_at,
            renewable_until=renewable_until,
        )
    )
    db.session.flush()
    return secret


def use_token(token: str, *purposes: str) -> Token:
    """Use a token up, so that of two who come at once one gets it; raises LinkOver."""
    query = update(Token).where(*is_good_token(token, *purposes)).values(used_at=clock.now()).returning(Token)
    found = db.session.scalars(query, execution_options={"synchronize_session": False}).one_or_none()
    if found is None:
        raise over(token, *purposes)
    return found


def renew_link(token: str) -> Token:
    """Have a new letter written to where a link that is too old was sent; whose letter it is hears of LinkRenewed.
    Once for each link, so no more than one letter an hour; raises LinkOver."""
    query = update(Token).where(*is_renewable(token)).values(used_at=clock.now()).returning(Token)
    found = db.session.scalars(query, execution_options={"synchronize_session": False}).one_or_none()
    if found is None:
        raise LinkOver
    record(LinkRenewed(found.id))
    return found


def member_of(token: Token) -> Member:
    """The member whom a token is bound to, if they are still reached at its address; raises LinkOver."""
    member = db.session.get(Member, token.member_id, populate_existing=True) if token.member_id else None
    if member is None or member.state != MemberState.ACTIVE or member.email != token.email:
        raise LinkOver
    return member


def void_tokens(*which: object) -> None:
    """Unused tokens like these open nothing any more."""
    query = update(Token).where(Token.used_at.is_(None), *which).values(used_at=clock.now())  # type: ignore[arg-type]
    db.session.execute(query, execution_options={"synchronize_session": False})


def forget_tokens() -> None:
    """Clock: tokens that were over a month ago are forgotten."""
    db.session.execute(delete(Token).where(Token.expires_at < clock.now() - timedelta(days=30)))
