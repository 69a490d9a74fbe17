"""Two accounts of one person: what they wrote and marked is one author's now."""

from sqlalchemy import delete, exists, select, update
from sqlalchemy.orm import aliased

from forum.core.db import db
from forum.core.personal import Who
from forum.topics.actions.counting import change_heads
from forum.topics.actions.leaving import rename_quotes, topics_showing
from forum.topics.actions.reacting import recount
from forum.topics.models import LONGEST_NOTE, Bookmark, Post, PostLink, Reaction, ReadMark


def make_posts_over(stays: Who, goes: Who) -> None:
    """What cannot simply take the other's number. Runs before the rest moves."""
    _say_once(stays, goes)
    _keep_the_furthest(stays, goes)
    _join_notes(stays, goes)
    linked = update(PostLink).where(PostLink.kind == "members", PostLink.target_id == goes.id)
    db.session.execute(linked.values(target_id=stays.id).execution_options(synchronize_session=False))
    rename_quotes(goes.id, stays.names[0])
    change_heads(topics_showing(goes.id))


def _say_once(stays: Who, goes: Who) -> None:
    """A person reacts once, and not to what is their own."""
    both, twin = (stays.id, goes.id), aliased(Reaction)
    same = (twin.member_id == stays.id, twin.post_id == Reaction.post_id, twin.kind == Reaction.kind)
    own = select(Post.id).where(Post.author_id.in_(both))
    touched = set()
    for which in (
        (Reaction.member_id == goes.id, exists().where(*same)),
        (Reaction.member_id.in_(both), Reaction.post_id.in_(own)),
    ):
        gone = delete(Reaction).where(*which).returning(Reaction.post_id, Reaction.topic_id)
        touched |= {tuple(row) for row in db.session.execute(gone, execution_options={"synchronize_session": False})}
    for post_id, topic_id in sorted(touched):
        recount(post_id, topic_id)


def _keep_the_furthest(stays: Who, goes: Who) -> None:
    other = aliased(ReadMark)
    theirs = select(other.number).where(other.member_id == goes.id, other.topic_id == ReadMark.topic_id)
    number = theirs.scalar_subquery()
    further = update(ReadMark).where(ReadMark.member_id == stays.id, ReadMark.number < number).values(number=number)
    db.session.execute(further.execution_options(synchronize_session=False))


def _join_notes(stays: Who, goes: Who) -> None:
    """A post that both kept has both notes."""
    other = aliased(Bookmark)
    query = select(Bookmark, other.note).join(other, other.post_id == Bookmark.post_id)
    for bookmark, note in db.session.execute(query.where(Bookmark.member_id == stays.id, other.member_id == goes.id)):
        notes = dict.fromkeys(one for one in (bookmark.note, note) if one)
        bookmark.note = "\n".join(notes)[:LONGEST_NOTE]
    db.session.flush()
