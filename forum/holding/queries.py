"""Reads of held posts. Whoever is no moderator sees their own alone."""

from sqlalchemy import ColumnElement, func, select

from forum.core.db import db
from forum.holding.models import HeldPost, HeldState


def held_column(member_id: ColumnElement[int], topic_id: ColumnElement[int]) -> ColumnElement[int]:
    """How many of a member's replies wait in a topic, as a column for a query of topics."""
    theirs = (HeldPost.author_id == member_id, HeldPost.state == HeldState.WAITING, HeldPost.topic_id == topic_id)
    return select(func.count()).where(*theirs).scalar_subquery()


def held_in(topic_id: int, *, author_id: int) -> list[HeldPost]:
    """A member's own replies that wait in a topic, the oldest first."""
    query = select(HeldPost).where(
        HeldPost.author_id == author_id, HeldPost.state == HeldState.WAITING, HeldPost.topic_id == topic_id
    )
    return list(db.session.scalars(query.order_by(HeldPost.id)))


def count_waiting(author_id: int) -> int:
    """How much of a member's waits."""
    theirs = (HeldPost.author_id == author_id, HeldPost.state == HeldState.WAITING)
    return db.session.scalar(select(func.count()).where(*theirs)) or 0


def find_held(held_id: int) -> HeldPost | None:
    """One, for those who decide or tell of it."""
    return db.session.get(HeldPost, held_id, populate_existing=True)
