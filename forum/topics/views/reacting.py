"""Reactions to a post: who said what, and saying it oneself."""

from collections.abc import Callable

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from forum.core.db import transaction
from forum.core.errors import NotFound
from forum.core.languages import current_speech
from forum.core.reader import Reader
from forum.core.web import current_reader, signed_in_reader
from forum.topics import actions, queries, rules
from forum.topics.models import Post, PostState, ReactionKind
from forum.topics.queries import TopicSeen
from forum.topics.views.blueprint import pages


@pages.get("/posts/<id:post_id>/reactions")
def reactions(post_id: int) -> str:
    """Who said what to a post; members say or take back theirs here without a script."""
    reader, language = current_reader(), current_speech().locale
    topic, post = get_shown(post_id, reader)
    return render_template(
        "topics/reactions.html",
        topic=topic,
        post=queries.get_post_row(post.id, language),
        page=queries.reactions_to(post, language, cursor=request.args.get("cursor")),
        mine=queries.kinds_of(reader, post),
        may_react=rules.may_react(reader, topic, post),
    )


@pages.put("/posts/<id:post_id>/reactions/<kind>")
def react(post_id: int, kind: str) -> BaseResponse:
    """Say it."""
    post = change_reaction(post_id, kind, actions.react)
    return redirect(url_for("topics.reactions", post_id=post.id), 303)


@pages.delete("/posts/<id:post_id>/reactions/<kind>")
def unreact(post_id: int, kind: str) -> BaseResponse:
    """Take it back."""
    post = change_reaction(post_id, kind, actions.unreact)
    return redirect(url_for("topics.reactions", post_id=post.id), 303)


def change_reaction(post_id: int, kind: str, act: Callable[..., None]) -> Post:
    """Have a reaction said or taken back by who asks; the post, as it is then."""
    reader = signed_in_reader()
    topic, post = get_shown(post_id, reader)
    if kind not in list(ReactionKind):
        raise NotFound
    with transaction():
        act(topic, post, by=reader, kind=ReactionKind(kind))
    return post


def get_shown(post_id: int, reader: Reader) -> tuple[TopicSeen, Post]:
    """A post in sight and its topic; what is out of sight has no reactions."""
    post = queries.get_post(post_id, reader=reader)
    topic = queries.get_topic(post.topic_id, reader=reader)
    if post.state != PostState.SHOWN:
        raise NotFound
    return topic, post
