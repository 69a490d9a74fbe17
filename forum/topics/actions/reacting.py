"""Reactions: said and taken back. Twice does no harm."""

from sqlalchemy import delete, func, select, update

from forum.core import clock
from forum.core.db import db, insert
from forum.core.errors import Forbidden
from forum.core.events import record
from forum.core.reader import Reader
from forum.topics import rules
from forum.topics.actions.counting import count_change, member_id_of
from forum.topics.events import PostReacted
from forum.topics.models import Post, Reaction, ReactionKind
from forum.topics.queries import TopicSeen


def react(topic: TopicSeen, post: Post, *, by: Reader, kind: ReactionKind) -> None:
    """The member says this to the post."""
    _check(topic, post, by)
    row = insert(Reaction).values(
        post_id=post.id, member_id=member_id_of(by), kind=kind, topic_id=topic.id, reacted_at=clock.now()
    )
    if db.session.scalar(row.on_conflict_do_nothing().returning(Reaction.id)) is not None:
        recount(post.id, topic.id)


def unreact(topic: TopicSeen, post: Post, *, by: Reader, kind: ReactionKind) -> None:
    """They take it back."""
    _check(topic, post, by)
    mine = (Reaction.post_id == post.id) & (Reaction.member_id == member_id_of(by)) & (Reaction.kind == kind)
    if db.session.scalar(delete(Reaction).where(mine).returning(Reaction.id)) is not None:
        recount(post.id, topic.id)


def _check(topic: TopicSeen, post: Post, by: Reader) -> None:
    if not rules.may_react(by, topic, post):
        raise Forbidden


def recount(post_id: int, topic_id: int) -> None:
    """Counting the change takes the topic's lock, so whoever counts the reactions next sees these."""
    change = count_change(topic_id)
    query = select(Reaction.kind, func.count().label("number")).where(Reaction.post_id == post_id)
    counts = {row.kind: row.number for row in db.session.execute(query.group_by(Reaction.kind))}
    said = " ".join(f"{kind}:{counts[kind]}" for kind in ReactionKind if kind in counts)
    counted = update(Post).where(Post.id == post_id).values(change=change, reactions=said)
    db.session.execute(counted.execution_options(synchronize_session="auto"))
    record(PostReacted(post_id))
