"""Every read of files."""

from sqlalchemy import Row, exists, func, select
from sqlalchemy.sql import ColumnElement

from forum.core.db import db
from forum.core.errors import NotFound
from forum.core.paging import Page, page_of
from forum.core.reader import GUEST, Reader
from forum.core.text import Attached
from forum.files.models import File, FileUse
from forum.files.rules import LASTING, SHELVES, may_have, open_to

PAGE = 30

_seen = (File.id, File.key, File.name, File.kind, File.size, File.width, File.height, File.widths)


def get_file(file_id: int, *, reader: Reader) -> Row:
    """A file that the reader may have, whether anybody may (`is_public`) and for good (`is_lasting`); else NotFound."""
    lasting = exists().where(FileUse.file_id == File.id, FileUse.is_current, FileUse.subject_kind.in_(LASTING))
    query = select(*_seen, open_to(GUEST).label("is_public"), lasting.label("is_lasting")).where(
        File.id == file_id, may_have(reader)
    )
    row = db.session.execute(query).one_or_none()
    if row is None:
        raise NotFound
    return row


def get_own(file_id: int, *, reader: Reader) -> File:
    """An upload of the reader's own, or NotFound."""
    query = select(File).where(File.id == file_id, File.owner_id == reader.id, File.removed_at.is_(None))
    file = db.session.scalar(query)
    if file is None:
        raise NotFound
    return file


def attached_of(*which: ColumnElement[bool]) -> dict[int, Attached]:
    """{id: file} as texts show them; whether somebody may have them is for the caller to ask."""
    rows = db.session.execute(select(*_seen).where(File.removed_at.is_(None), *which))
    return {row.id: attached(row) for row in rows}


def attached(file: Row | File) -> Attached:
    """A file as texts show it."""
    widths = tuple(map(int, file.widths.split()))
    return Attached(file.id, file.name, file.kind, file.size, file.width, file.height, widths)


def uses_of(subject_kind: str, subject_id: int) -> dict[int, bool]:
    """{id of a file: is it used now} of a subject."""
    query = select(FileUse.file_id, FileUse.is_current)
    query = query.where(FileUse.subject_kind == subject_kind, FileUse.subject_id == subject_id)
    return {row.file_id: row.is_current for row in db.session.execute(query)}


def is_used(file_id: int) -> bool:
    """Does anything use the file now?"""
    return bool(db.session.scalar(select(exists().where(FileUse.file_id == file_id, FileUse.is_current))))


def files_of(reader: Reader, *, cursor: str | None = None) -> Page[Row]:
    """The reader's own uploads, the newest first, each with whether something uses it and the first post that does."""
    post = select(func.min(FileUse.subject_id)).where(
        FileUse.file_id == File.id, FileUse.is_current, FileUse.subject_kind == "post"
    )
    used = exists().where(FileUse.file_id == File.id, FileUse.is_current)
    columns = (
        *_seen,
        File.created_at,
        File.attached_at,
        used.label("is_used"),
        post.scalar_subquery().label("post_id"),
    )
    query = select(*columns).where(File.owner_id == reader.id, File.removed_at.is_(None))
    return page_of(query, [File.id], cursor=cursor, size=PAGE, descending=True)


def bytes_of(owner_id: int | None = None) -> int:
    """How much a member's files take, or everything that lies in the storage."""
    query = select(func.coalesce(func.sum(File.stored), 0)).where(File.removed_at.is_(None))
    if owner_id is not None:
        return int(db.session.scalar(query.where(File.owner_id == owner_id)) or 0)
    sizes = [select(func.coalesce(func.sum(one.size), 0)).where(one.removed_at.is_(None)) for one in SHELVES]
    return sum(int(db.session.scalar(one) or 0) for one in (query, *sizes))
