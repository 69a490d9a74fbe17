"""What the pad says: saved while somebody writes, and brought back from what it said before."""

from datetime import datetime, timedelta

from sqlalchemy import select

from forum.core import audit, clock
from forum.core.db import db
from forum.core.errors import Conflict, Forbidden, Invalid
from forum.core.languages import clean_body
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.core.text import MAX_WORDS, Rendered, render
from forum.pads.actions.pens import LEASE, check_writer, give, hold, is_free_for, said_of, told
from forum.pads.models import Pad, PadVersion
from forum.pads.queries import get_version
from forum.pads.rules import Subject, may_manage

SPELL = timedelta(minutes=5)  # of writing makes one version, so that the history can be read
ERASED = 200  # characters: where at least so many were, and half of them went at once, the longer text stays a version


def save(subject: Subject, *, words: str, version: int, by: Reader, lease: timedelta = LEASE) -> None:
    """Put these words in place of what it says. `version` is the one that the writer began with. Conflict, with both
    texts, where the pen went to somebody else or the words are others by now: nobody's words are lost."""
    check_writer(subject, by)
    words = clean_body(words)
    if len(words) > MAX_WORDS:
        raise Invalid(fields={"words": _("At most %(num)s characters.", num=MAX_WORDS)})
    rendered = render(words)  # before the first statement: on SQLite that one takes the lock
    pad, now = hold(subject), clock.now()
    if words == pad.words and not is_free_for(pad, by, now):
        return  # nothing of theirs is missing
    both = {"theirs": pad.words, "yours": words, "version": pad.version}
    if not is_free_for(pad, by, now):
        raise Conflict(said_of(pad, now), **both)
    if pad.version != version and words != pad.words:
        message = _("The notes were changed while you wrote. Below are their text and yours; nothing is lost.")
        raise Conflict(message, **both)
    give(pad, by.member_id, now + lease)
    if words != pad.words:
        _write(pad, words, rendered, by, now)


def bring_back(subject: Subject, number: int, *, by: Reader) -> None:
    """An older version is what it says again; what it says now stays among the versions. For staff."""
    if not may_manage(by, subject):
        raise Forbidden
    words = get_version(subject, number).words
    rendered = render(words)
    pad = hold(subject)
    if words != pad.words:
        _write(pad, words, rendered, by, clock.now(), brought_from=number)
        audit.note("notes brought back", actor_id=by.id, subject=(subject.kind, subject.id), number=number)


def _write(
    pad: Pad, words: str, rendered: Rendered, by: Reader, now: datetime, *, brought_from: int | None = None
) -> None:
    pad.words, pad.html, pad.direction, pad.renderer = words, rendered.html, rendered.direction, rendered.renderer
    pad.version += 1
    pad.saved_at, pad.saved_by_id = now, by.id
    _keep_version(pad, by, now, brought_from)
    told(pad)


def _keep_version(pad: Pad, by: Reader, now: datetime, brought_from: int | None) -> None:
    query = select(PadVersion).where(PadVersion.pad_id == pad.id).order_by(PadVersion.number.desc()).limit(1)
    last = db.session.scalar(query.execution_options(populate_existing=True))
    if last is not None and brought_from is None and _goes_on(last, pad.words, by, now):
        last.words, last.saved_at = pad.words, now
        return
    db.session.add(
        PadVersion(
            pad_id=pad.id,
            number=last.number + 1 if last else 1,
            words=pad.words,
            writer_id=by.member_id,
            began_at=now,
            saved_at=now,
            brought_from=brought_from,
        )
    )
    db.session.flush()


def _goes_on(last: PadVersion, words: str, by: Reader, now: datetime) -> bool:
    """Is this the same spell of the same writer? Nothing long that was there is written over at once."""
    is_erased = len(last.words) >= ERASED and len(words) * 2 < len(last.words)
    is_theirs = last.writer_id == by.id and last.brought_from is None
    return is_theirs and now - last.began_at < SPELL and not is_erased
