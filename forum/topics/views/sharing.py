"""What a messenger shows of a topic or a post that somebody sends to somebody: only of what everybody may read."""

import re
from collections.abc import Sequence

from flask import Response, render_template, request, url_for
from sqlalchemy import Row

from forum.core.frame import alternates_of
from forum.core.languages import current_speech, ngettext
from forum.core.text import excerpt
from forum.spaces.models import SpaceKind
from forum.topics import queries
from forum.topics.models import PostState
from forum.topics.queries import TopicSeen

LENGTH = 200  # characters; messengers show about half of it

# They ask for a page once, follow redirects, and never see what stands behind the # of an address.
_MESSENGERS = re.compile(
    "WhatsApp|facebookexternalhit|Facebot|TelegramBot|Twitterbot|Slackbot|LinkedInBot|Discordbot|SkypeUriPreview|"
    "Viber|Mattermost|Rocket.Chat|redditbot|Pinterestbot",
    re.IGNORECASE,
)


def of_topic(topic: TopicSeen, posts: Sequence[Row], where: str) -> dict[str, str] | None:
    """Title and description in the page's language: the first words where they are in it, else what kind of page it is
    and `where` the topic belongs. None for what not everybody may read."""
    if topic.space_kind != SpaceKind.PUBLIC:
        return None
    first = posts[0] if posts and posts[0].number == 1 else None
    if first is not None and first.language == current_speech().language and first.state == PostState.SHOWN:
        return {"title": topic.title, "description": excerpt(first.html, LENGTH)}
    counted = ngettext("A discussion with %(num)s post", "A discussion with %(num)s posts", topic.post_count)
    return {"title": topic.title, "description": " · ".join(filter(None, (counted, where)))}


def is_messenger() -> bool:
    """Does a messenger ask, to show what a link leads to?"""
    return _MESSENGERS.search(request.headers.get("User-Agent", "")) is not None


def post_for_messengers(topic: TopicSeen, post_id: int) -> Response:
    """A post alone, as its own address; people are led to where it stands."""
    speech = current_speech()
    post = queries.get_post_row(post_id, speech.locale)
    shared = None
    if topic.space_kind == SpaceKind.PUBLIC and post.state == PostState.SHOWN:
        shared = {"title": f"{topic.title} · {post.author}", "description": excerpt(post.html, LENGTH)}
    answer = Response(
        render_template(
            "topics/shared_post.html",
            topic=topic,
            post=post,
            language=speech.language,
            shared=shared,
            unlisted=shared is None,
            canonical=url_for("topics.place", post_id=post_id),
            alternates=alternates_of("topics.place", {"post_id": post_id}),
        ),
        mimetype="text/html",
    )
    answer.headers.update({"Cache-Control": "no-store", "Vary": "User-Agent, Cookie"})
    return answer
