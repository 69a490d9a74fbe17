"""Every read of pads. Who may read one is asked at the door of its subject."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import aliased

from forum.core import clock
from forum.core.db import db
from forum.core.errors import NotFound
from forum.core.paging import Page, page_of
from forum.core.reader import Reader
from forum.members.models import Member
from forum.pads.models import Pad, PadVersion
from forum.pads.rules import Subject, is_asked, is_held, may_manage, may_write

PAGE = 50


@dataclass(frozen=True)
class Notes:
    """A pad as it is now; one that nobody has written in has no row and says nothing. Names are empty of those who have
    left. Once the lease is over nobody is its writer."""

    words: str = ""
    html: str = ""
    direction: str = "ltr"
    version: int = 0
    change: int = 0
    writer_id: int | None = None
    writer: str | None = None
    writer_language: str | None = None
    pen_until: datetime | None = None
    asker_id: int | None = None
    asked_at: datetime | None = None
    asker: str | None = None
    asker_language: str | None = None
    saved_at: datetime | None = None
    saved_by_id: int | None = None
    saver: str | None = None
    saver_language: str | None = None


@dataclass(frozen=True)
class Desk:
    """The notes of a subject and what one reader may do at them, for templates/pads/_pad.html."""

    notes: Notes
    may_write: bool
    may_manage: bool
    reader_id: int | None

    @property
    def is_mine(self) -> bool:
        """Has the reader the pen?"""
        return self.may_write and self.reader_id == self.notes.writer_id

    @property
    def has_asked(self) -> bool:
        """Do they wait for it?"""
        return self.may_write and self.reader_id == self.notes.asker_id


def desk_of(subject: Subject, *, reader: Reader) -> Desk:
    """For a reader who has passed the door of the subject."""
    notes = notes_of(subject.kind, subject.id)
    return Desk(notes, may_write(reader, subject), may_manage(reader, subject), reader.id)


def notes_of(kind: str, subject_id: int) -> Notes:
    """What they say now, who has the pen, who asks for it."""
    writer, asker, saver = (aliased(Member, name=name) for name in ("writer", "asker", "saver"))
    query = (
        select(
            Pad.words,
            Pad.html,
            Pad.direction,
            Pad.version,
            Pad.change,
            Pad.writer_id,
            writer.display_name.label("writer"),
            writer.name_language.label("writer_language"),
            Pad.pen_until,
            Pad.asker_id,
            Pad.asked_at,
            asker.display_name.label("asker"),
            asker.name_language.label("asker_language"),
            Pad.saved_at,
            Pad.saved_by_id,
            saver.display_name.label("saver"),
            saver.name_language.label("saver_language"),
        )
        .outerjoin(writer, writer.id == Pad.writer_id)
        .outerjoin(asker, asker.id == Pad.asker_id)
        .outerjoin(saver, saver.id == Pad.saved_by_id)
        .where(Pad.subject_kind == kind, Pad.subject_id == subject_id)
    )
    row = db.session.execute(query).one_or_none()
    if row is None:
        return Notes()
    said, now = row._asdict(), clock.now()
    if not is_held(row, now):
        said |= {"writer_id": None, "writer": None, "pen_until": None}
    if not is_asked(row, now):
        said |= {"asker_id": None, "asker": None, "asked_at": None}
    return Notes(**said)


def subject_of(pad_id: int) -> tuple[str, int]:
    """Its kind and id."""
    return tuple(db.session.execute(select(Pad.subject_kind, Pad.subject_id).where(Pad.id == pad_id)).one())


def versions_of(subject: Subject, *, cursor: str | None = None) -> Page[Row]:
    """What they said at each time, the last first: number, who, when, how long, from which it was brought back."""
    query = _versions(subject.kind, subject.id)
    return page_of(query, [PadVersion.number], cursor=cursor, size=PAGE, descending=True)


def get_version(subject: Subject, number: int) -> Row:
    """One of them with its words, or NotFound."""
    query = _versions(subject.kind, subject.id).add_columns(PadVersion.words)
    row = db.session.execute(query.where(PadVersion.number == number)).one_or_none()
    if row is None:
        raise NotFound
    return row


def _versions(kind: str, subject_id: int) -> Select[Any]:
    return (
        select(
            PadVersion.number,
            PadVersion.began_at,
            PadVersion.saved_at,
            PadVersion.brought_from,
            PadVersion.writer_id,
            Member.display_name.label("writer"),
            Member.name_language.label("writer_language"),
        )
        .join(Pad, Pad.id == PadVersion.pad_id)
        .join(Member, Member.id == PadVersion.writer_id)
        .where(Pad.subject_kind == kind, Pad.subject_id == subject_id)
    )
