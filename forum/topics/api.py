"""JSON: topics, posts, following, preview."""

from flask import Blueprint, Response, jsonify, request

from forum.core.api import json_body, list_of
from forum.core.db import transaction
from forum.core.errors import Invalid, NotFound
from forum.core.languages import LANGUAGES, current_speech
from forum.core.languages import gettext as _
from forum.core.text import MAX_WORDS, render
from forum.core.web import current_reader, signed_in_reader
from forum.following import actions as following
from forum.following.models import Level
from forum.topics import actions, queries
from forum.topics.forms import ReplyForm
from forum.topics.shapes import post_shape, reaction_shape, reactions_shape, topic_shape
from forum.topics.views.reacting import change_reaction, get_shown
from forum.topics.views.reading import since
from forum.topics.views.topic import asked_page

pages = Blueprint("topics_api", __name__, url_prefix="/api/v1")


@pages.get("/topics")
def topics() -> Response:
    """The latest topics that the reader may see."""
    page = queries.latest(current_reader(), current_speech().locale, cursor=request.args.get("cursor"))
    return list_of(page, topic_shape)


@pages.get("/topics/unread")
def unread() -> Response:
    """Topics with posts that the member has not read."""
    page = queries.unread(signed_in_reader(), current_speech().locale, cursor=request.args.get("cursor"))
    return list_of(page, topic_shape)


@pages.get("/topics/<id:topic_id>")
def topic(topic_id: int) -> Response:
    """One topic."""
    return jsonify(topic_shape(queries.get_topic(topic_id, reader=current_reader())))


@pages.get("/topics/<id:topic_id>/posts")
def posts(topic_id: int) -> Response:
    """Posts by `?page=`, or with `?since=<change>` those that changed after it."""
    seen = queries.get_topic(topic_id, reader=current_reader())
    language = current_speech().locale
    if "since" in request.args:
        changed = queries.changed_posts(seen, since=since(), language=language)
        body = {"items": [post_shape(post) for post in changed or ()], "next": None, "change": seen.change}
        return jsonify(body | {"reload": True} if changed is None else body)
    page = asked_page()
    if page > seen.pages:
        raise NotFound
    items = [post_shape(post) for post in queries.posts_on_page(seen, page, language)]
    following_page = str(page + 1) if page < seen.pages else None
    return jsonify({"items": items, "next": following_page, "change": seen.change})


@pages.post("/topics/<id:topic_id>/posts")
def reply(topic_id: int) -> tuple[Response, int]:
    """Reply; the same key with the same words answers the same post again."""
    reader = signed_in_reader()
    seen = queries.get_topic(topic_id, reader=reader)
    form = ReplyForm.of_json(json_body())
    form.check()
    with transaction():
        done = actions.reply(
            seen,
            author=reader,
            words=form.words.data or "",
            language=form.language.data or None,
            reply_to=form.reply_to.data,
            key=form.key.data,
        )
    post = queries.get_post_row(done.id, current_speech().locale)
    return jsonify(post_shape(post)), 201


@pages.get("/posts/<id:post_id>/reactions")
def reactions(post_id: int) -> Response:
    """Who said what to a post, the newest first."""
    _topic, post = get_shown(post_id, current_reader())
    page = queries.reactions_to(post, current_speech().locale, cursor=request.args.get("cursor"))
    return list_of(page, reaction_shape)


@pages.put("/posts/<id:post_id>/reactions/<kind>")
def react(post_id: int, kind: str) -> Response:
    """Say it: agree, thanks, useful, we-do-this-too or question."""
    post = change_reaction(post_id, kind, actions.react)
    return jsonify(reactions_shape(post, queries.kinds_of(current_reader(), post)))


@pages.delete("/posts/<id:post_id>/reactions/<kind>")
def unreact(post_id: int, kind: str) -> Response:
    """Take it back."""
    post = change_reaction(post_id, kind, actions.unreact)
    return jsonify(reactions_shape(post, queries.kinds_of(current_reader(), post)))


@pages.put("/topics/<id:topic_id>/follow")
def follow(topic_id: int) -> Response:
    """`{"level": "all" | "mentions" | "muted"}`."""
    reader = signed_in_reader()
    seen = queries.get_topic(topic_id, reader=reader)
    level = json_body().get("level", "all")
    if level not in list(Level):
        raise Invalid(fields={"level": _("Choose all, mentions or muted.")})
    with transaction():
        following.follow(reader.member_id, "topic", seen.id, level=Level(level))
    return jsonify({"level": level})


@pages.delete("/topics/<id:topic_id>/follow")
def unfollow(topic_id: int) -> Response:
    """Hear no more of it."""
    reader = signed_in_reader()
    seen = queries.get_topic(topic_id, reader=reader)
    with transaction():
        following.unfollow(reader.member_id, "topic", seen.id)
    return Response(status=204)


@pages.post("/preview")
def preview() -> Response:
    """`{"words", "language"}` as they will look: `{"html", "direction"}`."""
    signed_in_reader()
    form = ReplyForm.of_json(json_body())
    form.check()
    words, language = form.words.data or "", form.language.data or None
    if len(words) > MAX_WORDS:
        raise Invalid(fields={"words": _("A post has at most %(num)s characters.", num=MAX_WORDS)})
    if language and language not in LANGUAGES:
        raise Invalid(fields={"language": _("Choose one of the four languages.")})
    rendered = render(words, language=language)
    return jsonify({"html": rendered.html, "direction": rendered.direction})
