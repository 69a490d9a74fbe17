"""What is held of a person here: what they wrote, in every text that it had, and what they marked for themselves."""

from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import select

from forum.core.db import db
from forum.core.personal import Erased, Held, Part, Rows, Who
from forum.topics.actions.leaving import take_name_off
from forum.topics.actions.merging import make_posts_over
from forum.topics.models import (
    AcceptedAnswer,
    Bookmark,
    Mention,
    Post,
    PostVersion,
    Reaction,
    ReadMark,
    ThemeInterest,
    Topic,
)
from forum.topics.queries import visible_topics

COUNTED = ("last_author_id", "last_post_at", "last_number", "last_position", "post_count", "change", "head_change")


def _posts(who: Who) -> Mapping[str, Rows]:
    """Posts with the texts that they had before; the topic's title only where the topic is still open to them."""
    earlier = defaultdict(list)
    query = select(PostVersion).join(Post, Post.id == PostVersion.post_id).where(Post.author_id == who.id)
    for one in db.session.scalars(query.order_by(PostVersion.post_id, PostVersion.version)):
        text = {"version": one.version, "words": one.words, "language": one.language}
        earlier[one.post_id].append(text | {"replaced_at": one.replaced_at.isoformat(), "reason": one.reason})
    seen = visible_topics(who.reader).label("seen")
    rows = db.session.execute(
        select(
            Post.id,
            Post.topic_id,
            Topic.title,
            seen,
            Post.number,
            Post.municipality_id,
            Post.reply_to_id,
            Post.state,
            Post.version,
            Post.language,
            Post.words,
            Post.created_at,
            Post.edited_at,
        )
        .join(Topic, Topic.id == Post.topic_id)
        .where(Post.author_id == who.id)
        .order_by(Post.id)
    )
    return {
        "posts": [
            {name: value for name, value in row._mapping.items() if name != "seen"}
            | {"title": row.title if row.seen else None, "earlier": earlier[row.id]}
            for row in rows
        ]
    }


PART = Part(
    held=(
        Held(Topic.author_id, "topics", erased=Erased.STAYS, without=COUNTED),
        Held(Topic.keeper_id, erased=Erased.EMPTIED, why="said by the handovers"),
        Held(Topic.last_author_id, erased=Erased.STAYS, why="said by their posts"),
        Held(Post.author_id, erased=Erased.STAYS, why="`more` gives out posts with all their texts"),
        Held(
            PostVersion.replaced_by_id, "edits", erased=Erased.STAYS, without=("words", "html", "renderer", "language")
        ),
        Held(AcceptedAnswer.accepted_by_id, "accepted_answers", erased=Erased.STAYS),
        Held(Mention.member_id, "mentions"),
        Held(Reaction.member_id, "reactions"),
        Held(Bookmark.member_id, "bookmarks"),
        Held(ReadMark.member_id, "read_marks"),
        Held(ThemeInterest.member_id, "interests"),
    ),
    more=_posts,
    before_erasing=take_name_off,
    before_merging=make_posts_over,
)
