"""Sending letters: claimed one by one, sent outside every transaction, tried again with back-off.

A process that dies between the mail server's yes and our own note leaves a letter in doubt; it is sent again with the
same Message-ID, by which mail programs tell a double. A letter that never comes would be worse.
"""

import logging
import smtplib
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as POLICY
from email.utils import format_datetime
from urllib.parse import unquote, urlsplit

from flask import Flask, current_app
from sqlalchemy import ColumnElement, and_, or_, select

from forum.core import clock
from forum.core.db import db, transaction
from forum.core.derived import token_of
from forum.core.jobs import current_jobs
from forum.core.languages import speaking
from forum.core.mail.letters import LetterQueued
from forum.core.mail.models import PERSONAL, TOKEN_HERE, Letter, LetterState
from forum.core.settings import Settings
from forum.core.site import current_site

PATIENCE = 10  # seconds for each step of the mail server
MOST_TRIES = 12  # 1, 2, 4 … minutes apart, at most 6 hours: about a day in all
LONGEST_PAUSE = timedelta(hours=6)
IN_DOUBT = timedelta(minutes=10)  # a claim older than this was left by a crash
LOCAL = ("localhost", "127.0.0.1", "::1")

log = logging.getLogger(__name__)


class Smtp:
    """The mail server of SMTP_URL: smtp://[name:password@]host[:port], smtps:// for TLS from the first byte.

    On smtp:// the line is encrypted when the server offers it; a password goes over an encrypted line only, or to this
    same machine.
    """

    def __init__(self, url: str, sender: str) -> None:
        parts = urlsplit(url)
        self.encrypted = parts.scheme == "smtps"
        self.host, self.port = parts.hostname or "", parts.port or (465 if self.encrypted else 25)
        self.name, self.password = unquote(parts.username or ""), unquote(parts.password or "")
        self.sender = sender

    @contextmanager
    def line(self) -> Iterator[smtplib.SMTP]:
        """An open line to the server, for some letters."""
        context = ssl.create_default_context()
        if self.encrypted:
            line: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, timeout=PATIENCE, context=context)
        else:
            line = smtplib.SMTP(self.host, self.port, timeout=PATIENCE)
        with line:
            line.ehlo()
            if not self.encrypted and line.has_extn("starttls"):
                line.starttls(context=context)
                line.ehlo()
            elif not self.encrypted and self.name and self.host not in LOCAL:
                raise smtplib.SMTPNotSupportedError("no password goes over a line that anybody can read")
            if self.name:
                line.login(self.name, self.password)
            yield line


def post_letters() -> None:
    """Errand: send what is due. Opens its own short transactions, none while the mail server is spoken to."""
    post: Smtp | None = current_app.extensions["post"]
    if post is None or (letter := _claim()) is None:
        return
    try:
        with post.line() as line:
            while letter is not None:
                _post(line, post, letter)
                letter = _claim()
    except (OSError, smtplib.SMTPException) as error:  # the server is away: the next round tries again
        log.warning("the mail server is away: %r", error)
        if letter is not None:
            _put_back(letter, error)


def _post(line: smtplib.SMTP, post: Smtp, letter: Letter) -> None:
    """Send one; raises only when the line itself is broken."""
    try:
        line.send_message(message_of(letter, post.sender), post.sender, [letter.address])
    except (smtplib.SMTPServerDisconnected, smtplib.SMTPConnectError):
        raise
    except smtplib.SMTPException as error:
        _put_back(letter, error, for_good=_is_for_good(error))
        line.rset()
    except (ValueError, UnicodeError) as error:  # the letter itself cannot be written
        _put_back(letter, error, for_good=True)
    else:
        with transaction():
            if row := db.session.get(Letter, letter.id, populate_existing=True):  # or its member was erased meanwhile
                row.state, row.sent_at, row.error, row.token_salt = LetterState.SENT, clock.now(), "", None
                _forget_words(row)


def _is_for_good(error: smtplib.SMTPException) -> bool:
    """Codes from 500 on say that trying again is of no use."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _said in error.recipients.values())
    return isinstance(error, smtplib.SMTPResponseException) and error.smtp_code >= 500


def _claim() -> Letter | None:
    """The next letter that is due and may go, now ours; one that is too late dies on the way."""
    with transaction() as session:
        now = clock.now()
        due = or_(
            and_(Letter.state == LetterState.WAITING, Letter.due_at <= now),
            and_(Letter.state == LetterState.SENDING, Letter.due_at <= now - IN_DOUBT),
        )
        query = (
            select(Letter)
            .where(due, *current_app.extensions["letters_may_go"])
            .order_by(Letter.due_at, Letter.id)
            .limit(20)
        )
        for letter in session.scalars(query.with_for_update(skip_locked=True)):
            if letter.expires_at is not None and letter.expires_at <= now:
                letter.state, letter.error, letter.token_salt = LetterState.DEAD, "too late", None
                continue
            letter.state, letter.tries, letter.due_at = LetterState.SENDING, letter.tries + 1, now
            return letter
    return None


def _put_back(letter: Letter, error: Exception, *, for_good: bool = False) -> None:
    with transaction():
        row = db.session.get(Letter, letter.id, populate_existing=True)
        if row is None:
            return
        row.error = repr(error)[:1000]
        if for_good or row.tries >= MOST_TRIES:
            row.state, row.token_salt = LetterState.DEAD, None
            _forget_words(row)
            log.error("letter %d is dead after %d tries: %r", row.id, row.tries, error)
        else:
            row.state = LetterState.WAITING
            row.due_at = clock.now() + min(timedelta(minutes=2 ** (row.tries - 1)), LONGEST_PAUSE)


def _forget_words(letter: Letter) -> None:
    """What people write to one another is kept no longer than it takes to send."""
    if letter.kind == PERSONAL:
        letter.subject = letter.text = letter.html = ""


def message_of(letter: Letter, sender: str) -> EmailMessage:
    """The letter as it goes over the line. Raises ValueError rather than write a header of two lines."""
    with speaking(letter.language):
        name = current_site().name(letter.language)
    message = EmailMessage(POLICY)
    message["From"] = Address(name, addr_spec=sender)
    message["To"] = Address(addr_spec=letter.address)
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(letter.created_at)
    message["Message-ID"] = letter.message_id
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    token = token_of(letter.token_salt) if letter.token_salt else ""
    message.set_content(letter.text.replace(TOKEN_HERE, token))
    message.add_alternative(letter.html.replace(TOKEN_HERE, token), subtype="html")
    if letter.calendar:
        message.add_attachment(letter.calendar, subtype="calendar", filename="event.ics", params={"method": "PUBLISH"})
    message["Content-Language"] = letter.language  # last: setting the content drops such headers
    return message


def hurry(_queued: LetterQueued) -> None:
    """A letter waits: have the jobs send it without waiting for the clock."""
    current_jobs().run_soon(post_letters)


def init_app(app: Flask, settings: Settings, may_go: Sequence[ColumnElement[bool]] = ()) -> None:
    """Know the mail server, if letters are sent at all. A letter for which one of `may_go` is not true waits."""
    post = Smtp(settings.smtp_url, settings.mail_from) if settings.smtp_url and settings.sends_letters else None
    app.extensions["post"], app.extensions["letters_may_go"] = post, tuple(may_go)
    app.extensions["plain_words"] = app.jinja_env.overlay(autoescape=False)  # a letter in plain text holds no markup
    if settings.mode == "production" and post is None:
        log.warning("SMTP_URL is not set: letters wait and nobody gets them.")
