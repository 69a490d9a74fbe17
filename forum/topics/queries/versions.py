"""The texts that a post has had."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from forum.core.db import db
from forum.members.models import Member
from forum.topics.models import Post, PostVersion


class Version(NamedTuple):
    """A text of a post: who put it there, when and why."""

    number: int
    words: str
    language: str
    at: datetime
    member_id: int
    name: str
    name_language: str
    municipality_id: int | None
    photo_id: int | None
    reason: str


def history_of(post: Post) -> list[Version]:
    """Every text that the post has had, the oldest first, the one of today last."""
    who = Member.id, Member.display_name, Member.name_language, Member.municipality_id, Member.photo_id
    query = (
        select(PostVersion, *who)
        .join(Member, Member.id == PostVersion.replaced_by_id)
        .where(PostVersion.post_id == post.id)
        .order_by(PostVersion.version)
    )
    author = select(*who).where(Member.id == post.author_id)
    at, by, reason = post.created_at, tuple(db.session.execute(author).one()), ""
    versions = []
    for kept, *editor in db.session.execute(query):
        versions.append(Version(kept.version, kept.words, kept.language, at, *by, reason))
        at, by, reason = kept.replaced_at, tuple(editor), kept.reason
    return [*versions, Version(post.version, post.words, post.language, at, *by, reason)]
