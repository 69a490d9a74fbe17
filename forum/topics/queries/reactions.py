"""Who reacted to a post, and with what."""

from sqlalchemy import Row, select

from forum.core.db import db
from forum.core.paging import Page, page_of
from forum.core.reader import Reader
from forum.members.models import Member, MemberState
from forum.municipalities.models import Municipality
from forum.municipalities.queries import name_in, named
from forum.topics.models import Post, Reaction

PAGE = 50


def reactions_to(post: Post, language: str, *, cursor: str | None = None) -> Page[Row]:
    """Who said what to a post that the reader has passed the door of, the newest first."""
    municipality = name_in(language)
    query = (
        select(
            Reaction.id,
            Reaction.kind,
            Reaction.reacted_at,
            Reaction.member_id,
            Member.display_name.label("author"),
            Member.name_language.label("author_language"),
            Member.municipality_id,
            Member.photo_id,
            municipality.name.label("municipality"),
            Municipality.country,
        )
        .join(Member, Member.id == Reaction.member_id)
        .outerjoin(municipality, named(municipality, Member.municipality_id, language))
        .outerjoin(Municipality, Municipality.id == Member.municipality_id)
        .where(Reaction.post_id == post.id, Member.state != MemberState.ERASED)
    )
    return page_of(query, [Reaction.id], cursor=cursor, size=PAGE, descending=True)


def kinds_of(reader: Reader, post: Post) -> set[str]:
    """What the reader said to the post."""
    query = select(Reaction.kind).where(Reaction.post_id == post.id, Reaction.member_id == (reader.id or 0))
    return set(db.session.scalars(query))
