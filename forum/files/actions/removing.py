"""Files that nobody wants any more: the row says so first, the bytes go a moment later. Bytes without a row were left
behind by an upload that failed."""

import logging
from datetime import timedelta

from sqlalchemy import delete, not_, select, update

from forum.core import clock
from forum.core.db import db, transaction
from forum.core.errors import Invalid
from forum.core.languages import gettext as _
from forum.core.storage import current_storage, forget_arrivals
from forum.files import queries
from forum.files.models import File
from forum.files.rules import SHELVES, SPARED, Shelf

log = logging.getLogger(__name__)

WAITS = timedelta(days=1)  # an upload that nothing uses
BATCH = 100
MOST_STRAYS = 1000  # in one round


def remove_file(file: File) -> None:
    """The owner wants it no more. What a post shows stays as long as it does; raises Invalid."""
    if queries.is_used(file.id):
        raise Invalid(_("This file stands in a post. Take it out there first."))
    file.removed_at = clock.now()


def sweep_files() -> None:
    """Clock: uploads of yesterday that nothing ever used, nor a draft of their owner speaks of."""
    wanted = [spared(File.owner_id, File.id) for spared in SPARED]
    old = (File.attached_at.is_(None), File.removed_at.is_(None), File.created_at < clock.now() - WAITS)
    over = update(File).where(*old, *map(not_, wanted)).values(removed_at=clock.now())
    db.session.execute(over.execution_options(synchronize_session=False))


def remove_stored() -> None:
    """Errand: the bytes of removed files go, then their rows. Waits for the storage outside of every transaction."""
    storage = current_storage()
    query = select(File.id, File.key, File.widths).where(File.removed_at.is_not(None))
    for row in db.session.execute(query.order_by(File.id).limit(BATCH)).all():
        db.session.rollback()
        for name in (row.key, *(f"{row.key}.{width}" for width in row.widths.split())):
            storage.remove(name)
        with transaction():
            db.session.execute(delete(File).where(File.id == row.id))
    for shelf in SHELVES:
        _empty(shelf)


def _empty(shelf: type[Shelf]) -> None:
    query = select(shelf.id, shelf.key).where(shelf.removed_at.is_not(None))
    for row in db.session.execute(query.order_by(shelf.id).limit(BATCH)).all():
        db.session.rollback()
        current_storage().remove(row.key)
        with transaction():
            db.session.execute(delete(shelf).where(shelf.id == row.id))


def remove_strays() -> None:
    """Clock: bytes of yesterday that no row speaks of. Waits for the storage outside of every transaction.

    When most is unknown, this database is not the one that the storage belongs to: then nothing is touched.
    """
    forget_arrivals(before=clock.now() - WAITS)
    storage, known, strays = current_storage(), 0, []
    for names in storage.names(before=clock.now() - WAITS):
        kept = _keys_among({name.partition(".")[0] for name in names})
        known += len(kept)
        strays += [name for name in names if name.partition(".")[0] not in kept]
        if len(strays) >= MOST_STRAYS:
            break
    if len({name.partition(".")[0] for name in strays}) > known:
        log.warning("most of what lies in the storage of files is not in this database; nothing is removed")
        return
    for name in strays[:MOST_STRAYS]:
        storage.remove(name)


def _keys_among(keys: set[str]) -> set[str]:
    ordered, kept = sorted(keys), set()
    for start in range(0, len(ordered), 500):
        some = ordered[start : start + 500]
        for shelf in (File, *SHELVES):
            kept |= set(db.session.scalars(select(shelf.key).where(shelf.key.in_(some))))
    db.session.rollback()
    return kept
