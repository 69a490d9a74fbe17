"""Bookmarks: a post kept with a note, or no longer. Nobody but the member sees either; twice does no harm."""

from sqlalchemy import delete

from forum.core import clock
from forum.core.db import db, insert
from forum.core.errors import Forbidden, Invalid
from forum.core.languages import clean_body
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.topics import rules
from forum.topics.actions.counting import member_id_of
from forum.topics.models import LONGEST_NOTE, Bookmark, Post
from forum.topics.queries import TopicSeen, find_bookmark


def bookmark(topic: TopicSeen, post: Post, *, by: Reader, note: str | None = None) -> None:
    """Keep the post, or give its bookmark another note; None leaves the note as it is."""
    if not rules.may_bookmark(by, topic, post, is_kept=find_bookmark(by, post.id) is not None):
        raise Forbidden
    words = clean_body(note or "").strip()
    if len(words) > LONGEST_NOTE:
        raise Invalid(fields={"note": _("A note has at most %(num)s characters.", num=LONGEST_NOTE)})
    row = insert(Bookmark).values(member_id=member_id_of(by), post_id=post.id, note=words, created_at=clock.now())
    if note is None:
        db.session.execute(row.on_conflict_do_nothing())
    else:
        db.session.execute(
            row.on_conflict_do_update(index_elements=["member_id", "post_id"], set_={"note": row.excluded.note})
        )


def remove_bookmark(post_id: int, *, by: Reader) -> None:
    """Keep it no longer, also when the post can no longer be seen."""
    mine = (Bookmark.member_id == member_id_of(by)) & (Bookmark.post_id == post_id)
    db.session.execute(delete(Bookmark).where(mine))
