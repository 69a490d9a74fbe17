"""Reads of letters, for those who look after the site."""

import re

from sqlalchemy import Row, select

from forum.core.db import db
from forum.core.derived import token_of
from forum.core.errors import NotFound
from forum.core.mail import Letter, LetterState
from forum.core.mail.models import TOKEN_HERE
from forum.core.paging import Page, page_of

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
