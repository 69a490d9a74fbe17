"""First posts of new members are held, when the settings of the site say so."""

from sqlalchemy import func, select

from forum.core.db import db
from forum.core.reader import Reader
from forum.core.site import current_site
from forum.holding.models import HeldPost
from forum.holding.queries import find_held
from forum.topics.models import Post, PostState


def must_wait(author: Reader) -> bool:
    """Has this member fewer posts in sight than a moderator wants to see first? Staff never waits."""
    most = current_site().held_posts
    if not most or author.is_staff:
        return False
    few = select(Post.id).where(Post.author_id == author.id, Post.state == PostState.SHOWN).limit(most).subquery()
    return (db.session.scalar(select(func.count()).select_from(few)) or 0) < most


def kept_as(held_id: int) -> int:
    """How a submission remembers that it was held: below zero, where no post's and no topic's id is."""
    return -held_id


def find_before(subject_id: int) -> HeldPost | None:
    """The held post that a submission remembers, if it was held."""
    return find_held(-subject_id) if subject_id < 0 else None


def waits_as(held: HeldPost | None) -> int | None:
    """Its id, as long as it is no post."""
    return held.id if held is not None and held.post_id is None else None
