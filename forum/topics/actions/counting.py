"""What every write to a topic counts, and who wrote."""

from sqlalchemy import update

from forum.core.db import db
from forum.core.errors import Forbidden
from forum.core.reader import Reader
from forum.topics.models import Topic


def count_change(topic_id: int, *, shown: int = 0) -> int:
    """The topic's next change number."""
    counted = (
        update(Topic)
        .where(Topic.id == topic_id)
        .values(change=Topic.change + 1, post_count=Topic.post_count + shown)
        .returning(Topic.change)
        .execution_options(synchronize_session=False)
    )
    return db.session.execute(counted).scalar_one()


def member_id_of(reader: Reader) -> int:
    """A writer is always a member; a guest here is a forgotten check of a face."""
    if reader.id is None:
        raise Forbidden
    return reader.id
