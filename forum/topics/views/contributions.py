"""What a member started and wrote, as far as the reader may see it."""

from flask import render_template, request

from forum.core import clock
from forum.core.languages import current_speech
from forum.core.text import excerpt
from forum.core.web import current_reader
from forum.members.queries import get_member
from forum.topics.queries.contributions import posts_by, topics_by
from forum.topics.views.blueprint import pages
from forum.workshops.queries import around


@pages.get("/members/<id:member_id>/posts")
def posts_of(member_id: int) -> str:
    """Their posts, the newest first."""
    member = get_member(member_id)
    page = posts_by(member_id, reader=current_reader(), cursor=request.args.get("cursor"))
    return render_template(
        "topics/contributions.html",
        member=member,
        page=page,
        here="posts",
        excerpts={row.id: excerpt(row.html) for row in page.items},
        now=clock.now(),
    )


@pages.get("/members/<id:member_id>/topics")
def topics_of(member_id: int) -> str:
    """The topics that they started, the newest reply first."""
    member, language = get_member(member_id), current_speech().locale
    page = topics_by(member_id, reader=current_reader(), language=language, cursor=request.args.get("cursor"))
    return render_template(
        "topics/contributions.html",
        member=member,
        page=page,
        here="topics",
        around=around([row.id for row in page.items], language),
        now=clock.now(),
    )
