"""Corrections by those who were there, and what becomes of them."""

from forum.core import audit, clock
from forum.core.db import db
from forum.core.errors import Conflict, Forbidden, Invalid
from forum.core.languages import clean_line, direction, direction_of, has_visible
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.records import queries, rules
from forum.records.models import LONGEST_LINE, Correction, CorrectionState, Record, RecordLine


def correct(record: Record, line: RecordLine, *, words: str, by: Reader) -> Correction:
    """Propose other words for a line, or propose them anew. The same words as it has take the proposal back."""
    now = clock.now()
    there = queries.was_there(record.workshop_id, by)
    if not rules.may_correct(by, record, was_there=there, now=now):
        if by.is_authenticated and (there or rules.may_keep_records(by)):
            raise Conflict(_("The days of corrections are over."))
        raise Forbidden
    words = clean_line(words)
    if not has_visible(words):
        raise Invalid(fields={"words": _("Write something first.")})
    if len(words) > LONGEST_LINE:
        raise Invalid(fields={"words": _("At most %(num)s characters.", num=LONGEST_LINE)})
    own = queries.find_own(line.id, by.member_id) or Correction(line_id=line.id, proposer_id=by.member_id)
    own.before, own.words, own.created_at = line.words, words, now
    own.state = CorrectionState.DECLINED if words == line.words else CorrectionState.WAITING
    own.decided_at = own.decided_by_id = None
    db.session.add(own)
    db.session.flush()
    return own


def accept(correction: Correction, line: RecordLine, record: Record, *, by: Reader) -> None:
    """The line says so now. What else waits for it was proposed for other words, and goes on waiting."""
    _check(correction, by)
    line.words = correction.words
    line.direction = direction(line.words, default=direction_of(record.language))
    line.version += 1
    _decide(correction, CorrectionState.ACCEPTED, record, by)


def decline(correction: Correction, record: Record, *, by: Reader) -> None:
    """The line stays as it is."""
    _check(correction, by)
    _decide(correction, CorrectionState.DECLINED, record, by)


def _check(correction: Correction, by: Reader) -> None:
    if not rules.may_keep_records(by):
        raise Forbidden
    if correction.state != CorrectionState.WAITING:
        raise Conflict(_("This correction is decided already."))


def _decide(correction: Correction, state: CorrectionState, record: Record, by: Reader) -> None:
    correction.state, correction.decided_at, correction.decided_by_id = state, clock.now(), by.id
    audit.note(f"correction {state}", actor_id=by.id, subject=("record", record.id), correction=correction.id)
