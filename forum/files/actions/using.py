"""What uses which files."""

from collections.abc import Iterable

from sqlalchemy import delete, update

from forum.core import clock
from forum.core.db import db, insert
from forum.files.models import File, FileUse
from forum.files.queries import is_used


def use_files(subject_kind: str, subject_id: int, ids: Iterable[int], *, before: Iterable[int] = ()) -> None:
    """The subject shows these files now. What it showed `before` stays in its earlier texts, for nobody to see but the
    owner. Whether its author may use them was asked before."""
    now, gone = set(ids), set(before) - set(ids)
    if gone:
        left = (FileUse.subject_kind == subject_kind) & (FileUse.subject_id == subject_id) & FileUse.file_id.in_(gone)
        db.session.execute(update(FileUse).where(left).values(is_current=False))
    fresh = now - set(before)
    if not fresh:
        return
    # The same row that the sweep takes: of the two only one has its way.
    first = update(File).where(File.id.in_(fresh), File.attached_at.is_(None)).values(attached_at=clock.now())
    db.session.execute(first.execution_options(synchronize_session=False))
    rows = [{"file_id": id, "subject_kind": subject_kind, "subject_id": subject_id, "is_current": True} for id in fresh]
    row = insert(FileUse).values(rows)
    keys = ["file_id", "subject_kind", "subject_id"]
    db.session.execute(row.on_conflict_do_update(index_elements=keys, set_={"is_current": True}))


def drop_use(subject_kind: str, subject_id: int, file_id: int) -> None:
    """The subject shows the file no more and keeps no earlier text that speaks of it: it goes, bytes and all."""
    use = (FileUse.subject_kind == subject_kind) & (FileUse.subject_id == subject_id) & (FileUse.file_id == file_id)
    db.session.execute(delete(FileUse).where(use))
    if not is_used(file_id):
        gone = update(File).where(File.id == file_id).values(removed_at=clock.now())
        db.session.execute(gone.execution_options(synchronize_session=False))
