"""What is held of a person here: what they have uploaded."""

from sqlalchemy import exists, update

from forum.core import clock
from forum.core.db import db
from forum.core.personal import Erased, Held, Part, Who
from forum.files.models import File, FileUse


def _remove_unused(who: Who) -> None:
    """What others see in posts stays with them, as the posts do; the rest goes, bytes and all."""
    used = exists().where(FileUse.file_id == File.id, FileUse.is_current)
    unused = update(File).where(File.owner_id == who.id, File.removed_at.is_(None), ~used)
    db.session.execute(unused.values(removed_at=clock.now()).execution_options(synchronize_session=False))


PART = Part(
    held=(Held(File.owner_id, "uploads", erased=Erased.STAYS, without=("key",)),),
    before_erasing=_remove_unused,
)
"""The bytes are not in the export: each row's `id` leads to its file, /files/<id>."""
