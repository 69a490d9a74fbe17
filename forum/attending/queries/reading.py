"""What to read for an event whose door the reader has passed. A topic or post of ours is there for those who may read
it; its title is said to nobody else."""

from collections.abc import Sequence

from sqlalchemy import Row, func, or_, select
from sqlalchemy.orm import aliased

from forum.attending.models import ReadingEntry, ReadingText
from forum.core.db import db
from forum.core.reader import Reader
from forum.topics.models import Post, PostState, Topic
from forum.topics.queries import visible_topics


def reading_of(workshop_id: int, *, reader: Reader, language: str) -> Sequence[Row]:
    """In order: id, link, topic_id, post_id, title, text_language, direction (of a topic's own title)."""
    post, text = aliased(Post, name="entry_post"), ReadingText
    topic_id = func.coalesce(ReadingEntry.topic_id, post.topic_id)
    is_ours = ReadingEntry.topic_id.is_not(None) | ReadingEntry.post_id.is_not(None)
    in_sight = (Topic.id.is_not(None)) & visible_topics(reader)
    in_sight &= or_(ReadingEntry.post_id.is_(None), post.state == PostState.SHOWN)
    query = (
        select(
            ReadingEntry.id,
            ReadingEntry.link,
            ReadingEntry.topic_id,
            ReadingEntry.post_id,
            func.coalesce(text.title, Topic.title).label("title"),
            func.coalesce(text.written_in, text.language, Topic.language).label("text_language"),
        )
        .outerjoin(post, post.id == ReadingEntry.post_id)
        .outerjoin(Topic, Topic.id == topic_id)
        .outerjoin(text, (text.entry_id == ReadingEntry.id) & (text.language == language))
        .where(ReadingEntry.workshop_id == workshop_id, or_(~is_ours, in_sight))
    )
    return db.session.execute(query.order_by(ReadingEntry.position, ReadingEntry.id)).all()


def entries_of(workshop_id: int) -> list[ReadingEntry]:
    """Its own rows in order, for who changes the list."""
    query = select(ReadingEntry).where(ReadingEntry.workshop_id == workshop_id)
    return list(db.session.scalars(query.order_by(ReadingEntry.position, ReadingEntry.id)).all())


def find_entry(workshop_id: int, entry_id: int) -> ReadingEntry | None:
    """The entry, if it is one of this event."""
    theirs = (ReadingEntry.id == entry_id, ReadingEntry.workshop_id == workshop_id)
    return db.session.scalar(select(ReadingEntry).where(*theirs))
