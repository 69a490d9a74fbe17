"""Links of a post to places of ours: remembered, so that a card can stand for them, and followed by their targets."""

from sqlalchemy import delete, select

from forum.core import stamps
from forum.core.db import db
from forum.core.text import linked_in
from forum.topics import queries
from forum.topics.models import Post, PostLink

MOST_LINKS = 20  # with a card, in one post; others stay plain


def keep_links(post_id: int, html: str, *, before: str = "") -> None:
    """Remember what rendered words link to. Who may see it is asked whenever the post is shown: what is private today
    is kept too, and gets its card when it opens. `before` is the HTML that the post had."""
    if linked_in(before):
        db.session.execute(delete(PostLink).where(PostLink.post_id == post_id))
    for mark, kind, id in queries.targets_of(linked_in(html)[:MOST_LINKS]):
        db.session.add(PostLink(post_id=post_id, mark=mark, kind=kind, target_id=id))


def retell_post(post: Post) -> None:
    """A post has other words, is out of sight or back: where it is linked to, kept pages are old."""
    if queries.is_linked("posts", post.id) or (post.number == 1 and queries.is_linked("topics", post.topic_id)):
        stamps.bump(stamps.NAMES)


def retell_topic(topic_id: int) -> None:
    """A topic has another title; the cards of its posts show it too."""
    posts = select(Post.id).where(Post.topic_id == topic_id)
    if queries.is_linked("topics", topic_id) or queries.is_linked("posts", posts):
        stamps.bump(stamps.NAMES)
