"""What is left of an author: posts stay as they are, and say no more than where their author was from."""

from sqlalchemy import CompoundSelect, delete, select, union, update

from forum.core.db import db
from forum.core.languages import speaking
from forum.core.personal import Who
from forum.core.text import renamed
from forum.members.queries.names import name_or_former
from forum.topics.actions.counting import change_heads
from forum.topics.actions.reacting import recount
from forum.topics.models import Byline, Post, PostLink, PostVersion, Quote, Reaction, Topic


def take_name_off(who: Who) -> None:
    """Reactions go, bylines say that the author has left, and open pages load themselves again."""
    mine = delete(Reaction).where(Reaction.member_id == who.id).returning(Reaction.post_id, Reaction.topic_id)
    for post_id, topic_id in sorted({tuple(row) for row in db.session.execute(mine)}):
        recount(post_id, topic_id)
    theirs = (Post.author_id == who.id, Post.byline == Byline.MEMBER)
    left = update(Post).where(*theirs).values(byline=Byline.FORMER)
    db.session.execute(left.execution_options(synchronize_session=False))
    rename_quotes(who.id, "")
    change_heads(topics_showing(who.id))


def topics_showing(member_id: int) -> CompoundSelect[tuple[int]]:
    """The ids of topics whose pages say the member's name."""
    own = select(Post.id).where(Post.author_id == member_id)
    started = select(Topic.id).where(Topic.author_id == member_id)
    quoting = select(Post.topic_id).join(Quote, Quote.post_id == Post.id)
    linking = select(Post.topic_id).join(PostLink, PostLink.post_id == Post.id)
    return union(
        select(Post.topic_id).where(Post.author_id == member_id),
        started,
        select(Topic.id).where(Topic.last_author_id == member_id),
        quoting.where(Quote.quoted_id.in_(own)),
        linking.where(PostLink.kind == "posts", PostLink.target_id.in_(own)),
        linking.where(PostLink.kind == "topics", PostLink.target_id.in_(started)),
        linking.where(PostLink.kind == "members", PostLink.target_id == member_id),
    )


def rename_quotes(member_id: int, name: str) -> None:
    """A quote begins with its author's name, which the composer wrote there."""
    quoted = select(Quote.post_id, Quote.quoted_id).join(Post, Post.id == Quote.quoted_id)
    ids: dict[int, set[int]] = {}
    for post_id, quoted_id in db.session.execute(quoted.where(Post.author_id == member_id)):
        ids.setdefault(post_id, set()).add(quoted_id)
    for post_id in sorted(ids):
        post = db.session.get_one(Post, post_id, populate_existing=True)
        earlier = db.session.scalars(select(PostVersion).where(PostVersion.post_id == post_id))
        for text in (post, *earlier):
            with speaking(text.language):
                text.words = renamed(text.words, name_or_former(name), ids=ids[post_id])
    db.session.flush()
