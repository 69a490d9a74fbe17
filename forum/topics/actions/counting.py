"""What every write to a topic counts, and who wrote."""

from sqlalchemy import CompoundSelect, or_, select, update

from forum.core.db import db
from forum.core.errors import Forbidden
from forum.core.events import record
from forum.core.reader import Reader
from forum.municipalities.events import MunicipalityMerged, MunicipalityMoved
from forum.municipalities.queries import country_of
from forum.topics.events import PostAnswered, TopicChanged
from forum.topics.models import Post, Topic


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


def change_head(topic_id: int, **values: str | None) -> None:
    """The topic itself is another one: pages load themselves again."""
    change = count_change(topic_id)
    db.session.execute(update(Topic).where(Topic.id == topic_id).values(head_change=change, **values))
    record(TopicChanged(topic_id))


def change_heads(topic_ids: CompoundSelect[tuple[int]]) -> None:
    """The same for many topics: something that all their posts may show is another thing now."""
    changed = update(Topic).where(Topic.id.in_(topic_ids)).values(change=Topic.change + 1, head_change=Topic.change + 1)
    changed = changed.returning(Topic.id).execution_options(synchronize_session=False)
    for topic_id in db.session.scalars(changed).all():
        record(TopicChanged(topic_id))


def count_answers(topic_id: int, answered_id: int | None) -> None:
    """The answered post shows another number of answers: that is a change of its own."""
    if answered_id is not None:
        change = count_change(topic_id)
        changed = update(Post).where(Post.id == answered_id).values(change=change)
        db.session.execute(changed.execution_options(synchronize_session="auto"))
        record(PostAnswered(answered_id))


def member_id_of(reader: Reader) -> int:
    """A writer is always a member; a guest here is a forgotten check of a face."""
    if reader.id is None:
        raise Forbidden
    return reader.id


def follow_country(happened: MunicipalityMoved | MunicipalityMerged) -> None:
    """Together: topics stand in the lists of their municipality's country, whichever it is said to be now."""
    id = happened.into_id if isinstance(happened, MunicipalityMerged) else happened.municipality_id
    country = db.session.scalar(select(country_of(id)))
    elsewhere = or_(Topic.country != country, Topic.country.is_(None))
    moved = update(Topic).where(Topic.municipality_id == id, elsewhere).values(country=country)
    db.session.execute(moved.execution_options(synchronize_session=False))
