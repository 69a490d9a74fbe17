"""Keeping what was said: handing it in, publishing it, taking it away."""

from datetime import timedelta
from typing import Any

from sqlalchemy import insert, select

from forum.core import audit, clock
from forum.core.db import db
from forum.core.errors import Conflict, Forbidden, Invalid
from forum.core.languages import LANGUAGES, direction, direction_of, format_moment
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.records import queries, rules
from forum.records.actions.reading import read_lines
from forum.records.models import Record, RecordKind, RecordLine
from forum.workshops.models import Workshop

OPEN = timedelta(days=7)  # in which those who were there may correct it


def keep_record(workshop: Workshop, *, text: str, language: str, kind: str, by: Reader | None) -> Record:
    """Take in a transcript or the minutes in one language; `by` None is the operator. Raises Forbidden, Invalid, and
    Conflict before anything was said, or where there is one in this language."""
    if by is not None and not rules.may_keep_records(by):
        raise Forbidden
    check_begun(workshop)
    wrong = {}
    if language not in LANGUAGES:
        wrong["language"] = _("Choose one of the four languages.")
    if kind not in set(RecordKind):
        wrong["kind"] = _("Choose one of these.")
    if wrong:
        raise Invalid(fields=wrong)
    lines = read_lines(text)
    same = select(Record.id).where(Record.workshop_id == workshop.id, Record.language == language)
    if db.session.scalar(same) is not None:
        raise Conflict(_("There is a record in this language. Take it away first."))
    now = clock.now()
    record = Record(
        workshop_id=workshop.id,
        language=language,
        kind=RecordKind(kind),
        uploaded_by_id=by and by.id,
        created_at=now,
        open_until=now + OPEN,
    )
    db.session.add(record)
    db.session.flush()
    usual = direction_of(language)
    rows = [
        {
            "record_id": record.id,
            "number": number,
            "starts_ms": line.starts_ms,
            "speaker": line.speaker,
            "words": line.words,
            "direction": direction(line.words, default=usual),
            "version": 1,
        }
        for number, line in enumerate(lines, start=1)
    ]
    db.session.execute(insert(RecordLine), rows)
    audit.note("record kept", actor_id=by and by.id, subject=("record", record.id))
    return record


def check_begun(workshop: Any) -> None:
    """Raise Conflict as long as nothing can have been said. `workshop`: its row, or a row of a query."""
    begins_at = queries.begins_at(workshop)
    if clock.now() < begins_at:
        raise Conflict(
            _(
                "This event has not begun yet. What is said there can be handed in from %(when)s on.",
                when=format_moment(begins_at),
            )
        )


def publish(record: Record, *, by: Reader | None) -> None:
    """Everybody who sees the event sees it from now on; `by` None is the clock. Twice does no harm."""
    if by is not None and not rules.may_keep_records(by):
        raise Forbidden
    if record.published_at is None:
        record.published_at = clock.now()
        audit.note("record published", actor_id=by and by.id, subject=("record", record.id))


def publish_what_is_due() -> None:
    """Clock: the days of corrections are over."""
    due = select(Record).where(Record.published_at.is_(None), Record.open_until <= clock.now()).with_for_update()
    for record in db.session.scalars(due).all():
        publish(record, by=None)


def remove_record(record: Record, *, by: Reader) -> None:
    """It is gone, with the corrections to it. Topics that quote it keep their words."""
    if not rules.may_keep_records(by):
        raise Forbidden
    audit.note("record removed", actor_id=by.id, subject=("record", record.id))
    db.session.delete(record)
