"""What a member keeps."""

from sqlalchemy import Row, case, select

from forum.core.db import db
from forum.core.paging import Page, page_of
from forum.core.reader import Reader
from forum.members.models import Member
from forum.topics.models import Bookmark, Post, PostState, Topic
from forum.topics.queries.door import visible_topics

PAGE = 30


def bookmarks_of(reader: Reader, *, cursor: str | None = None) -> Page[Row]:
    """The reader's bookmarks, the newest first. Of a post in a topic that they may see no longer nothing is there."""
    query = (
        select(
            Bookmark.id,
            Bookmark.note,
            Bookmark.created_at,
            Post.id.label("post_id"),
            Post.number,
            Post.state,
            Post.language,
            Post.direction,
            case((Post.state == PostState.SHOWN, Post.html), else_="").label("html"),
            Topic.id.label("topic_id"),
            Topic.title,
            Topic.language.label("title_language"),
            Topic.direction.label("title_direction"),
            Member.municipality_id,
            Member.photo_id,
            Member.display_name.label("author"),
            Member.name_language.label("author_language"),
        )
        .join(Post, Post.id == Bookmark.post_id)
        .join(Topic, Topic.id == Post.topic_id)
        .join(Member, Member.id == Post.author_id)
        .where(Bookmark.member_id == reader.id, visible_topics(reader))
    )
    return page_of(query, [Bookmark.id], cursor=cursor, size=PAGE, descending=True)


def find_bookmark(reader: Reader, post_id: int) -> Bookmark | None:
    """The reader's bookmark of a post."""
    query = select(Bookmark).where(Bookmark.member_id == (reader.id or 0), Bookmark.post_id == post_id)
    return db.session.scalar(query)
