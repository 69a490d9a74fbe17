"""What a member wrote, as far as the reader may see it. Nothing is counted: a number would tell of what is hidden."""

from sqlalchemy import Row, select

from forum.core.paging import Page, page_of
from forum.core.reader import Reader
from forum.topics.models import Post, PostState, Topic
from forum.topics.queries.door import visible_topics
from forum.topics.queries.lists import by_latest, topic_rows

PAGE = 20


def posts_by(member_id: int, *, reader: Reader, cursor: str | None = None, size: int = PAGE) -> Page[Row]:
    """Posts under the member's own name, the newest first."""
    query = (
        select(
            Post.id,
            Post.number,
            Post.html,
            Post.language,
            Post.direction,
            Post.created_at,
            Topic.id.label("topic_id"),
            Topic.title,
            Topic.language.label("title_language"),
            Topic.direction.label("title_direction"),
        )
        .join(Topic, Topic.id == Post.topic_id)
        .where(Post.author_id == member_id, Post.byline == "member", Post.state == PostState.SHOWN)
        .where(visible_topics(reader))
    )
    return page_of(query, [Post.created_at, Post.id], cursor=cursor, size=size, descending=True)


def topics_by(
    member_id: int, *, reader: Reader, language: str, cursor: str | None = None, size: int = PAGE
) -> Page[Row]:
    """Topics that the member started, the newest reply first."""
    return by_latest(topic_rows(reader, language).where(Topic.author_id == member_id), cursor=cursor, size=size)
