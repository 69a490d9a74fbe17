"""JSON of what members say to a post without words: reactions, accepting it as an answer, bookmarks."""

from flask import Response, jsonify, request

from forum.core.api import PageOf, json_body, list_of
from forum.core.db import transaction
from forum.core.languages import current_speech
from forum.core.openapi import gives
from forum.core.web import current_reader, signed_in_reader
from forum.notifications.queries import count_unread
from forum.topics import actions, queries
from forum.topics.api.blueprint import pages
from forum.topics.api.topics import one
from forum.topics.forms import BookmarkForm, ReadForm
from forum.topics.shapes.marks import (
    BookmarkShape,
    KeptShape,
    ReactionShape,
    ReactionsShape,
    ReadShape,
    bookmark_shape,
    reaction_shape,
    reactions_shape,
)
from forum.topics.shapes.topics import TopicShape
from forum.topics.views.answering import change_acceptance
from forum.topics.views.bookmarks import change_bookmark
from forum.topics.views.reacting import change_reaction, get_shown
from forum.topics.views.reading import keep_mark


@pages.get("/posts/<id:post_id>/reactions")
@gives(PageOf[ReactionShape])
def reactions(post_id: int) -> Response:
    """Who said what to a post, the newest first."""
    _topic, post = get_shown(post_id, current_reader())
    page = queries.reactions_to(post, current_speech().locale, cursor=request.args.get("cursor"))
    return list_of(page, reaction_shape)


@pages.put("/posts/<id:post_id>/reactions/<kind>")
@gives(ReactionsShape)
def react(post_id: int, kind: str) -> Response:
    """React to a post: agree, thanks, useful, we-do-this-too or question."""
    post = change_reaction(post_id, kind, actions.react)
    return jsonify(reactions_shape(post, queries.kinds_of(current_reader(), post)))


@pages.delete("/posts/<id:post_id>/reactions/<kind>")
@gives(ReactionsShape)
def unreact(post_id: int, kind: str) -> Response:
    """Take a reaction back."""
    post = change_reaction(post_id, kind, actions.unreact)
    return jsonify(reactions_shape(post, queries.kinds_of(current_reader(), post)))


@pages.put("/posts/<id:post_id>/acceptance")
@gives(TopicShape)
def accept(post_id: int) -> Response:
    """This post answers the question that its topic asks."""
    return one(change_acceptance(post_id, actions.accept_answer), current_reader())


@pages.delete("/posts/<id:post_id>/acceptance")
@gives(TopicShape)
def withdraw(post_id: int) -> Response:
    """This post does not answer the question after all."""
    return one(change_acceptance(post_id, actions.withdraw_answer), current_reader())


@pages.put("/topics/<id:topic_id>/read")
@gives(ReadShape, takes=ReadForm)
def read(topic_id: int) -> Response:
    """Say how far one has read: up to the post with this number."""
    reader = signed_in_reader()
    number = keep_mark(queries.get_topic(topic_id, reader=reader), ReadForm.of_json(json_body()), reader)
    return jsonify({"number": number, "unread": count_unread(reader.member_id)})


@pages.get("/bookmarks")
@gives(PageOf[BookmarkShape], guests=False)
def bookmarks() -> Response:
    """The member's bookmarks, the newest first."""
    return list_of(queries.bookmarks_of(signed_in_reader(), cursor=request.args.get("cursor")), bookmark_shape)


@pages.put("/posts/<id:post_id>/bookmark")
@gives(KeptShape, takes=BookmarkForm)
def bookmark(post_id: int) -> Response:
    """Keep the post; without a note, a note that is there stays."""
    change_bookmark(post_id, BookmarkForm.of_json(json_body()))
    kept = queries.find_bookmark(signed_in_reader(), post_id)
    return jsonify({"post": post_id, "note": kept.note if kept else ""})


@pages.delete("/posts/<id:post_id>/bookmark")
@gives(None)
def remove_bookmark(post_id: int) -> Response:
    """Remove the bookmark from a post."""
    reader = signed_in_reader()
    with transaction():
        actions.remove_bookmark(post_id, by=reader)
    return Response(status=204)
