"""What is held of a person here: what they have uploaded."""

from sqlalchemy import exists, select, update

from forum.core import clock
from forum.core.db import db
from forum.core.personal import Contents, Erased, Held, Part, Who
from forum.core.storage import current_storage
from forum.files.models import File, FileUse

STAYS = ("post", "material")  # what others see there stays with them, as posts and events do


def _contents(who: Who) -> Contents:
    """Every file, by its id and name; of one that is on its way out nothing."""
    query = select(File.id, File.key, File.name).where(File.owner_id == who.id, File.removed_at.is_(None))
    for row in db.session.execute(query.order_by(File.id)).all():
        content = current_storage().read(row.key)
        if content is not None:
            yield f"uploads/{row.id}-{row.name.replace('/', '-')}", content


def _remove(who: Who) -> None:
    """What is in posts and among the materials of events stays; the rest goes, bytes and all."""
    used = exists().where(FileUse.file_id == File.id, FileUse.is_current, FileUse.subject_kind.in_(STAYS))
    unused = update(File).where(File.owner_id == who.id, File.removed_at.is_(None), ~used)
    db.session.execute(unused.values(removed_at=clock.now()).execution_options(synchronize_session=False))


PART = Part(
    held=(Held(File.owner_id, "uploads", erased=Erased.STAYS, without=("key",)),),
    contents=_contents,
    before_erasing=_remove,
)
