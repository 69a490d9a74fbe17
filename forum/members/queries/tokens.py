"""Reads of tokens in letters."""

from sqlalchemy import select
from sqlalchemy.sql import ColumnElement

from forum.core import clock
from forum.core.db import db
from forum.core.errors import LinkOver
from forum.members.models import Token
from forum.members.queries import token_hash


def get_token(token: str, *purposes: str) -> Token:
    """The token behind a link while it is good; raises LinkOver. Looking does not use it up."""
    found = db.session.scalar(select(Token).where(*is_good_token(token, *purposes)))
    if found is None:
        raise over(token, *purposes)
    return found


def over(token: str, *purposes: str) -> LinkOver:
    """What is said of a link that opens nothing; it knows whether one can have another."""
    again = select(Token.id).where(*is_renewable(token), Token.purpose.in_(purposes))
    return LinkOver(renewable=token if db.session.scalar(again) else "")


def find_used_token(token: str, *purposes: str) -> Token | None:
    """The token behind a link that was used up, or made void by a newer one."""
    used = (Token.token_hash == token_hash(token), Token.purpose.in_(purposes), Token.used_at.is_not(None))
    return db.session.scalar(select(Token).where(*used))


def is_good_token(token: str, *purposes: str) -> tuple[ColumnElement[bool], ...]:
    """Made here, for one of these purposes, not used and not too old."""
    return (
        Token.token_hash == token_hash(token),
        Token.purpose.in_(purposes),
        Token.used_at.is_(None),
        Token.expires_at > clock.now(),
    )


def is_renewable(token: str) -> tuple[ColumnElement[bool], ...]:
    """Made here, not used, too old to open anything, and of a kind of which one can have another."""
    return (
        Token.token_hash == token_hash(token),
        Token.used_at.is_(None),
        Token.expires_at <= clock.now(),
        Token.renewable_until > clock.now(),
    )
