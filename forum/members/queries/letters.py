"""Reads of letters, for those who look after the site; and which of those that wait may go."""

import re

from sqlalchemy import ColumnElement, Row, and_, exists, not_, or_, select

from forum.core.db import db
from forum.core.derived import token_of
from forum.core.errors import NotFound
from forum.core.mail import Letter, LetterState
from forum.core.mail.models import PERSONAL, TOKEN_HERE
from forum.core.paging import Page, page_of
from forum.members.models import Member, MemberState

PAGE = 30
_LINK = re.compile(r"(https?://\S+)")


def letters(*, to: int | None = None, cursor: str | None = None) -> Page[Row]:
    """The newest first, `to` one member or to all; those to nobody are none."""
    query = select(
        Letter.id,
        Letter.kind,
        Letter.member_id,
        Letter.address,
        Letter.language,
        Letter.subject,
        Letter.state,
        Letter.tries,
        Letter.error,
        Letter.created_at,
    ).where(Letter.state != LetterState.VOID)
    if to is not None:
        query = query.where(Letter.member_id == to)
    return page_of(query, [Letter.id], cursor=cursor, size=PAGE, descending=True)


def may_go() -> ColumnElement[bool]:
    """Asked again when a letter leaves: what a member wrote waits while they or its recipient are suspended, or while
    the recipient takes none any more."""
    unwelcome = and_(Member.id == Letter.member_id, Member.takes_letters.is_(False))
    closed = Member.id.in_([Letter.sender_id, Letter.member_id]), or_(Member.state != MemberState.ACTIVE, unwelcome)
    return not_(and_(Letter.kind == PERSONAL, exists().where(*closed)))


def get_letter(letter_id: int) -> Letter:
    """One letter, or NotFound."""
    letter = db.session.get(Letter, letter_id)
    if letter is None or letter.state == LetterState.VOID:
        raise NotFound
    return letter


def parts_of(letter: Letter, *, shows_links: bool) -> list[tuple[str, bool]]:
    """The plain text in pieces: (words, is this a link). Without `shows_links` the tokens of links are left out."""
    token = token_of(letter.token_salt) if shows_links and letter.token_salt else "…"
    parts = _LINK.split(letter.text.replace(TOKEN_HERE, token))
    return [(words, number % 2 == 1) for number, words in enumerate(parts) if words]
