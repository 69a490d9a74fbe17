"""How far somebody has read."""

from forum.core import clock
from forum.core.db import db
from forum.core.reader import Reader
from forum.topics.actions.counting import member_id_of
from forum.topics.models import ReadMark
from forum.topics.queries import TopicSeen


def mark_read(topic: TopicSeen, *, reader: Reader, number: int) -> None:
    """The reader has read up to this number; a mark never goes back and never beyond the last post."""
    number = min(number, topic.last_number + 1)
    mark = db.session.get(ReadMark, (reader.id, topic.id))
    if mark is None:
        db.session.add(ReadMark(member_id=member_id_of(reader), topic_id=topic.id, number=number, read_at=clock.now()))
    elif number > mark.number:
        mark.number, mark.read_at = number, clock.now()
