"""Writing letters: from words to a row that waits."""

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from flask import current_app
from sqlalchemy import and_, delete, or_

from forum.core import clock
from forum.core.db import db
from forum.core.events import fact, record
from forum.core.languages import clean_title, current_speech
from forum.core.mail.models import PERSONAL, TOKEN_HERE, Letter, LetterState
from forum.core.settings import Settings
from forum.core.site import current_site

KEEP = timedelta(days=30)  # what was sent is kept this long; what was not, three times
PATIENCE = timedelta(days=14)  # what one person writes to another waits no longer than this
LONGEST_SUBJECT = 200

# Letters go to plain addresses; quoted names and addresses in other scripts are refused where they are typed.
_ADDRESS = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@([a-z0-9-]+\.)+[a-z0-9-]{2,}")
_LINKING = re.compile(r"://|@|(?<=\w)\.(?=\w)|[<>\[\]()\\]|(?i:www)\.")


@fact
class LetterQueued:
    """A letter waits."""

    letter_id: int


@dataclass(frozen=True)
class Secret:
    """What a letter carries for a token: the token itself is made when the letter leaves."""

    salt: bytes
    expires_at: datetime


@dataclass(frozen=True)
class Words:
    """What a letter says, in the language of `speaking()`: paragraphs, one thing to do, paragraphs after it.

    `action` is (words, link); `quoted` what somebody wrote, in `quoted_language`. Names of people inside sentences go
    through `isolated(defanged(name))`.
    """

    subject: str
    before: Sequence[str]
    action: tuple[str, str] | None = None
    quoted: str = ""
    quoted_language: str = ""
    after: Sequence[str] = ()


def queue(
    kind: str,
    address: str,
    words: Words,
    *,
    member_id: int | None = None,
    sender_id: int | None = None,
    secret: Secret | None = None,
    calendar: str | None = None,
    void: bool = False,
) -> Letter:
    """Have a letter sent once the running transaction is in the database. TOKEN_HERE in a link becomes the token.

    `calendar` is iCalendar for the recipient's own; `sender_id` is the person who writes it, if one does; `void` writes
    it for nobody: see LetterState.
    """
    settings: Settings = current_app.config["SETTINGS"]
    language = current_speech()
    name = current_site().name(language.language)
    said = {"words": words, "site_url": settings.base_url, "site_name": name}
    letter = Letter(
        kind=kind,
        address=address,
        member_id=member_id,
        sender_id=sender_id,
        language=language.locale,
        subject=clean_title(words.subject)[:LONGEST_SUBJECT],
        text=_plain(current_app.extensions["plain_words"].get_template("mail/letter.txt").render(**said)),
        html=current_app.jinja_env.get_template("mail/letter.html").render(**said),
        calendar=calendar,
        token_salt=secret and secret.salt,
        message_id=f"<{secrets.token_hex(16)}@{urlsplit(settings.base_url).hostname}>",
        state=LetterState.VOID if void else LetterState.WAITING if settings.sends_letters else LetterState.KEPT,
        created_at=clock.now(),
        due_at=clock.now(),
        expires_at=secret and secret.expires_at,
    )
    db.session.add(letter)
    db.session.flush()
    record(LetterQueued(letter.id))
    return letter


def clean_address(text: str) -> str | None:
    """The address as it is kept, in lower case; None when no letter could reach it."""
    address = text.strip().lower()
    return address if len(address) <= 254 and _ADDRESS.fullmatch(address) else None


def address_of(endpoint: str, **values: Any) -> str:
    """The link to a page, from BASE_URL and never from a request. The page is in the letter's language."""
    settings: Settings = current_app.config["SETTINGS"]
    values.setdefault("language", current_speech().language)
    path = current_app.url_map.bind("site", "/").build(endpoint, values, force_external=False)
    return settings.base_url + path.replace("%40%40token%40%40", TOKEN_HERE)


def isolated(name: str) -> str:
    """A name of any direction inside a sentence of ours, in plain text as in HTML."""
    return f"\u2068{clean_title(name)}\u2069"


def defanged(name: str) -> str:
    """A name that no mail program turns into a link: a stranger may have typed it, and the letter comes from us."""
    return clean_title(_LINKING.sub(" ", name))[:80]


def forget_letters() -> None:
    """Clock: letters are not kept for ever, and those to nobody not for long."""
    now = clock.now()
    old = or_(
        and_(Letter.state == LetterState.VOID, Letter.created_at < now - timedelta(hours=1)),
        and_(Letter.state == LetterState.SENT, Letter.created_at < now - KEEP),
        and_(Letter.kind == PERSONAL, Letter.state == LetterState.WAITING, Letter.created_at < now - PATIENCE),
        Letter.created_at < now - 3 * KEEP,
    )
    db.session.execute(delete(Letter).where(old))


def _plain(text: str) -> str:
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"
