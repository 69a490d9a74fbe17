"""Files that posts show."""

from collections.abc import Collection

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.sql import ColumnElement

from forum.core.reader import Reader
from forum.core.text import Attached
from forum.files.models import File, FileUse
from forum.files.queries import attached_of
from forum.spaces.models import Space, SpaceKind
from forum.topics.models import Post, PostState, Topic
from forum.topics.queries.door import visible_topics

ATTACHED = "post"  # the kind of subject that posts are to files


def sees_post(reader: Reader, post_id: ColumnElement[int]) -> ColumnElement[bool]:
    """For the door of files: is the post in sight, in a topic that the reader may see?"""
    return exists().where(
        Post.id == post_id, Post.state == PostState.SHOWN, Topic.id == Post.topic_id, visible_topics(reader)
    )


def usable_files(
    ids: Collection[int], *, author: Reader, space_id: int | None = None, known: Collection[int] = ()
) -> dict[int, Attached]:
    """{id: file} of those of these files that the author may show: their own, those in posts that they may see (and,
    where they write in a space, all its readers too), and those `known` to stand in what is edited."""
    there = and_(FileUse.subject_kind == ATTACHED, FileUse.is_current, Post.id == FileUse.subject_id)
    seen = select(FileUse.file_id).where(there, Post.state == PostState.SHOWN, visible_topics(author))
    seen = seen.join(Post, Post.id == FileUse.subject_id).join(Topic, Topic.id == Post.topic_id)
    if space_id is not None:
        seen = seen.join(Space, Space.id == Topic.space_id)
        seen = seen.where(or_(Topic.space_id == space_id, Space.kind == SpaceKind.PUBLIC))
    mine = or_(File.owner_id == author.id, File.id.in_(known), File.id.in_(seen.where(FileUse.file_id.in_(ids))))
    return attached_of(File.id.in_(ids), mine)
