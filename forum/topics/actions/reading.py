"""How far somebody has read."""

from forum.core import clock
from forum.core.db import insert, run
from forum.core.reader import Reader
from forum.topics.actions.counting import member_id_of
from forum.topics.models import ReadMark
from forum.topics.queries import TopicSeen


def mark_read(topic: TopicSeen, *, reader: Reader, number: int) -> None:
    """The reader has read up to this number; a mark never goes back and never beyond the last post."""
    number = min(number, topic.last_number + 1)
    row = insert(ReadMark)
    new = row.excluded
    row = row.on_conflict_do_update(
        index_elements=["member_id", "topic_id"],
        set_={"number": new.number, "read_at": new.read_at},
        where=ReadMark.number < new.number,
    )
    run(row, member_id=member_id_of(reader), topic_id=topic.id, number=number, read_at=clock.now())
