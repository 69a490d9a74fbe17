"""JSON of posts, following, preview."""

from collections.abc import Callable

from flask import Response, jsonify, request

from forum.core.api import AllOf, WaitsShape, all_of, if_match, json_body
from forum.core.db import transaction
from forum.core.errors import NotFound
from forum.core.languages import current_speech
from forum.core.openapi import gives
from forum.core.web import current_reader, signed_in_reader
from forum.following import actions as following
from forum.topics import actions, queries
from forum.topics.api.blueprint import pages
from forum.topics.forms import EditForm, FollowForm, PreviewForm, ReplyForm
from forum.topics.fragments import words_before_sending
from forum.topics.models import Post, PostState
from forum.topics.shapes.posts import (
    EditErrorShape,
    MarkdownShape,
    PostShape,
    PostsShape,
    PreviewShape,
    VersionShape,
    WrittenPostShape,
    post_shape,
    version_shape,
)
from forum.topics.shapes.topics import FollowShape
from forum.topics.views.reacting import get_shown
from forum.topics.views.reading import since
from forum.topics.views.replying import whole_quote
from forum.topics.views.topic import asked_page


@pages.get("/topics/<id:topic_id>/posts")
@gives(PostsShape, query={"page": int, "cursor": str, "since": int})
def posts(topic_id: int) -> Response:
    """Posts by page (`?page=`, or a list's `next` as `?cursor=`), or with `?since=<change>` what changed after it."""
    seen = queries.get_topic(topic_id, reader=current_reader())
    language = current_speech().locale
    if "since" in request.args:
        changed = queries.changed_posts(seen, since=since(), language=language)
        body = {"items": [post_shape(post) for post in changed or ()], "next": None, "change": seen.change}
        return jsonify(body | {"reload": True} if changed is None else body)
    page = asked_page("cursor" if "cursor" in request.args else "page")
    if page > seen.pages:
        raise NotFound
    items = [post_shape(post) for post in queries.posts_on_page(seen, page, language)]
    following_page = str(page + 1) if page < seen.pages else None
    return jsonify({"items": items, "next": following_page, "change": seen.change})


@pages.post("/topics/<id:topic_id>/posts")
@gives(PostShape, 201, takes=ReplyForm, refuses={202: WaitsShape, 409: None})
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
    if done.held is not None:
        return jsonify({"held": done.held}), 202
    post = queries.get_post_row(done.id, current_speech().locale)
    return jsonify(post_shape(post)), 201


@pages.get("/topics/<id:topic_id>/posts/<id:number>")
@gives(WrittenPostShape)
def numbered(topic_id: int, number: int) -> Response:
    """The post that has this number in its topic."""
    found = queries.find_post_numbered(queries.get_topic(topic_id, reader=current_reader()), number)
    if found is None:
        raise NotFound
    return _post(found)


@pages.get("/posts/<id:post_id>")
@gives(WrittenPostShape)
def post(post_id: int) -> Response:
    """One post with its words as they were written; `ETag` is its version."""
    return _post(queries.get_post(post_id, reader=current_reader()))


@pages.patch("/posts/<id:post_id>")
@gives(WrittenPostShape, takes=EditForm, if_match=True, refuses={409: EditErrorShape})
def edit(post_id: int) -> Response:
    """Edit a post with `If-Match: <version>`; 409 brings both texts when it is not the last."""
    reader = signed_in_reader()
    post = queries.get_post(post_id, reader=reader)
    topic = queries.get_topic(post.topic_id, reader=reader)
    form = EditForm.of_json({"words": post.words} | json_body() | {"version": if_match()})
    form.check()
    with transaction():
        actions.edit_post(
            topic,
            post,
            by=reader,
            words=form.words.data or "",
            version=form.version.data or 0,
            language=form.language.data or None,
            reason=form.reason.data or "",
        )
    return _post(post)


@pages.delete("/posts/<id:post_id>")
@gives(None)
def delete(post_id: int) -> Response:
    """The author takes the post back."""
    return _change(post_id, actions.delete_post)


@pages.delete("/posts/<id:post_id>/deletion")
@gives(None)
def restore(post_id: int) -> Response:
    """The author, or a moderator, brings the post back."""
    return _change(post_id, actions.restore_post)


def _change(post_id: int, act: Callable[..., None]) -> Response:
    reader = signed_in_reader()
    post = queries.get_post(post_id, reader=reader)
    with transaction():
        act(queries.get_topic(post.topic_id, reader=reader), post, by=reader)
    return Response(status=204)


def _post(post: Post) -> Response:
    row = queries.get_post_row(post.id, current_speech().locale)
    words = post.words if post.state == PostState.SHOWN else ""
    response = jsonify(post_shape(row) | {"words": words})
    response.set_etag(str(row.version))
    return response


@pages.get("/posts/<id:post_id>/versions")
@gives(AllOf[VersionShape], guests=False)
def versions(post_id: int) -> Response:
    """Every text that the post has had, the oldest first."""
    _topic, post = get_shown(post_id, signed_in_reader())
    return all_of(map(version_shape, queries.history_of(post)))


@pages.get("/posts/<id:post_id>/quote")
@gives(MarkdownShape, guests=False)
def quote(post_id: int) -> Response:
    """Markdown that quotes the whole post."""
    _topic, post = get_shown(post_id, signed_in_reader())
    return jsonify({"words": whole_quote(post)})


@pages.get("/posts/<id:post_id>/answers")
@gives(AllOf[PostShape])
def answers(post_id: int) -> Response:
    """What answers a post, and what answers that, in the order of the topic; the first hundred."""
    post = queries.get_post(post_id, reader=current_reader())
    return all_of(map(post_shape, queries.answers_to(post, current_speech().locale)))


@pages.put("/topics/<id:topic_id>/follow")
@gives(FollowShape, takes=FollowForm)
def follow(topic_id: int) -> Response:
    """Follow a topic: `all` of it, only `mentions`, or `muted`; without a level all of it."""
    reader = signed_in_reader()
    seen = queries.get_topic(topic_id, reader=reader)
    level = FollowForm.of_json(json_body()).asked()
    with transaction():
        following.follow(reader.member_id, "topic", seen.id, level=level)
    return jsonify({"level": level})


@pages.delete("/topics/<id:topic_id>/follow")
@gives(None)
def unfollow(topic_id: int) -> Response:
    """Follow a topic no more."""
    reader = signed_in_reader()
    seen = queries.get_topic(topic_id, reader=reader)
    with transaction():
        following.unfollow(reader.member_id, "topic", seen.id)
    return Response(status=204)


@pages.post("/preview")
@gives(PreviewShape, takes=PreviewForm)
def preview() -> Response:
    """Words as they will look."""
    reader = signed_in_reader()
    form = PreviewForm.of_json(json_body())
    form.check()
    words, language = form.words.data or "", form.language.data or None
    rendered = actions.preview(words, language=language)
    return jsonify({"html": words_before_sending(rendered, reader=reader), "direction": rendered.direction})
