"""Every read of records. What belongs to an event that one may not see is not there, nor is what is not published yet
for who was not there."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, exists, func, select

from forum.attending.models import Attendance
from forum.core.db import db
from forum.core.errors import NotFound
from forum.core.paging import Page, page_of
from forum.core.reader import Reader
from forum.members.models import Member
from forum.records.models import Correction, CorrectionState, Record, RecordKind, RecordLine
from forum.records.rules import may_keep_records, may_see_record
from forum.registering.queries import placed
from forum.spaces.queries import visible_to
from forum.workshops.models import Workshop, WorkshopSession

PAGE = 100


def was_there(workshop_id: int, reader: Reader) -> bool:
    """Had the reader a place at the event, or came they without one, as the list of attendance says?"""
    if reader.id is None:
        return False
    came = exists().where(Attendance.workshop_id == workshop_id, Attendance.member_id == reader.id)
    return bool(db.session.scalar(select(placed(workshop_id, reader.id) | came)))


def begins_at(workshop: Any) -> datetime:
    """When its first session begins, or itself where it has none. `workshop`: its row, or a row of a query."""
    first = select(func.min(WorkshopSession.starts_at)).where(WorkshopSession.workshop_id == workshop.id)
    return db.session.scalar(first) or workshop.starts_at


def records_of(workshop_id: int, *, reader: Reader) -> Sequence[Record]:
    """The records of an event whose door the reader has passed, as far as they may see them."""
    rows = db.session.scalars(select(Record).where(Record.workshop_id == workshop_id).order_by(Record.language)).all()
    if all(one.published_at for one in rows):
        return rows
    there = was_there(workshop_id, reader)
    return [one for one in rows if may_see_record(reader, one, was_there=there)]


def captioned(records: Sequence[Record]) -> list[Record]:
    """Those of them that go along with a film: published, word for word, and it is known when each was said."""
    ids = [one.id for one in records if one.published_at and one.kind == RecordKind.TRANSCRIPT]
    if not ids:
        return []
    timed = select(RecordLine.record_id).where(RecordLine.record_id.in_(ids), RecordLine.starts_ms.is_not(None))
    known = set(db.session.scalars(timed.distinct()))
    return [one for one in records if one.id in known]


def captions_of(record_id: int, *, reader: Reader) -> Sequence[Row]:
    """(starts_ms, speaker, words) of the lines of a published transcript, in the order of a film; NotFound where there
    are none that the reader may see."""
    record = get_record(record_id, reader=reader)
    if not captioned([record]):
        raise NotFound
    query = select(RecordLine.starts_ms, RecordLine.speaker, RecordLine.words)
    timed = query.where(RecordLine.record_id == record.id, RecordLine.starts_ms.is_not(None))
    return db.session.execute(timed.order_by(RecordLine.starts_ms, RecordLine.number)).all()


def get_record(record_id: int, *, reader: Reader) -> Record:
    """One, or NotFound."""
    query = select(Record).join(Workshop, Workshop.id == Record.workshop_id)
    record = db.session.scalar(query.where(Record.id == record_id, visible_to(reader, Workshop.space_id)))
    if record is None or not may_see_record(reader, record, was_there=was_there(record.workshop_id, reader)):
        raise NotFound
    return record


def lines_of(record_id: int, *, cursor: str | None = None) -> Page[Row]:
    """The lines of a record whose door the reader has passed, in order."""
    query = select(
        RecordLine.id,
        RecordLine.number,
        RecordLine.starts_ms,
        RecordLine.speaker,
        RecordLine.words,
        RecordLine.direction,
        RecordLine.version,
    ).where(RecordLine.record_id == record_id)
    return page_of(query, [RecordLine.number], cursor=cursor, size=PAGE)


def get_line(record: Record, number: int) -> RecordLine:
    """One line of it, or NotFound."""
    query = select(RecordLine).where(RecordLine.record_id == record.id, RecordLine.number == number)
    line = db.session.scalar(query.with_for_update().execution_options(populate_existing=True))
    if line is None:
        raise NotFound
    return line


def find_own(line_id: int, member_id: int) -> Correction | None:
    """The member's correction to this line."""
    query = select(Correction).where(Correction.line_id == line_id, Correction.proposer_id == member_id)
    return db.session.scalar(query.execution_options(populate_existing=True))


def waiting(record_id: int, *, cursor: str | None = None) -> Page[Row]:
    """The corrections that wait, with the line as it is now and who proposes them, in the order of the lines."""
    query = (
        select(
            RecordLine.number,
            Correction.id,
            Correction.words,
            Correction.before,
            Correction.created_at,
            RecordLine.words.label("now"),
            RecordLine.direction,
            Correction.proposer_id,
            Member.display_name.label("proposer"),
            Member.name_language.label("proposer_language"),
        )
        .join(RecordLine, RecordLine.id == Correction.line_id)
        .join(Member, Member.id == Correction.proposer_id)
        .where(RecordLine.record_id == record_id, Correction.state == CorrectionState.WAITING)
    )
    return page_of(query, [RecordLine.number, Correction.id], cursor=cursor, size=PAGE)


def count_waiting(record_id: int) -> int:
    """How many wait."""
    query = select(func.count()).select_from(Correction).join(RecordLine, RecordLine.id == Correction.line_id)
    return (
        db.session.scalar(query.where(RecordLine.record_id == record_id, Correction.state == CorrectionState.WAITING))
        or 0
    )


def get_correction(correction_id: int, *, reader: Reader) -> tuple[Correction, RecordLine, Record]:
    """One with its line and record, for those who keep records where they may read; NotFound for everybody else's."""
    query = (
        select(Correction, RecordLine, Record)
        .join(RecordLine, RecordLine.id == Correction.line_id)
        .join(Record, Record.id == RecordLine.record_id)
        .join(Workshop, Workshop.id == Record.workshop_id)
        .where(Correction.id == correction_id, visible_to(reader, Workshop.space_id))
    )
    row = db.session.execute(query.execution_options(populate_existing=True)).one_or_none()
    if row is None or not (may_keep_records(reader) or row.Correction.proposer_id == reader.id):
        raise NotFound
    return row.Correction, row.RecordLine, row.Record
