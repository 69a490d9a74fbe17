"""Topics that are about the same."""

from collections.abc import Sequence

from sqlalchemy import Row, func, literal, select, union_all

from forum.core.db import db
from forum.core.reader import Reader
from forum.topics.models import Topic, TopicTag, TopicTheme
from forum.topics.queries.door import TopicSeen
from forum.topics.queries.lists import topic_rows

MOST = 5
NEWEST = 200  # of those that carry a label: what a theme has gathered over years costs no more


def related_to(topic: TopicSeen, *, reader: Reader, language: str) -> Sequence[Row]:
    """A few topics that the reader may see and that share tags or themes with this one, those that share most first;
    a tag says more than a theme."""
    weights = []
    for table, label, weight in ((TopicTag, TopicTag.tag_id, 2), (TopicTheme, TopicTheme.theme_id, 1)):
        own = select(label).where(table.topic_id == topic.id)
        newest = (
            select(table.topic_id, literal(weight).label("weight"))
            .where(label.in_(own), table.topic_id != topic.id)
            .order_by(table.topic_id.desc())
            .limit(NEWEST)
            .subquery()
        )
        weights.append(select(newest.c.topic_id, newest.c.weight))
    shared = union_all(*weights).subquery()
    nearness = (
        select(shared.c.topic_id, func.sum(shared.c.weight).label("nearness")).group_by(shared.c.topic_id).subquery()
    )
    query = (
        topic_rows(reader, language)
        .join(nearness, nearness.c.topic_id == Topic.id)
        .order_by(nearness.c.nearness.desc(), Topic.last_post_at.desc(), Topic.id.desc())
        .limit(MOST)
    )
    return db.session.execute(query).all()
