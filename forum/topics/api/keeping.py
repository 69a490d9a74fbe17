"""JSON for who keeps order: closing topics, taking posts out of sight, the tree of themes."""

from flask import Response, jsonify

from forum.core.api import json_body
from forum.core.db import transaction
from forum.core.errors import NotFound
from forum.core.languages import current_speech
from forum.core.openapi import gives
from forum.core.web import signed_in_reader
from forum.topics import actions, queries
from forum.topics.api.blueprint import pages
from forum.topics.api.topics import one
from forum.topics.forms import ThemeForm, WhyForm
from forum.topics.shapes.topics import ThemeShape, TopicShape, theme_shape
from forum.topics.views.themes import keeper


@pages.put("/topics/<id:topic_id>/closing")
@gives(TopicShape)
def close(topic_id: int) -> Response:
    """Close a topic: no replies any more."""
    reader = signed_in_reader()
    topic = queries.get_topic(topic_id, reader=reader)
    with transaction():
        actions.close_topic(topic, by=reader)
    return one(topic_id, reader)


@pages.delete("/topics/<id:topic_id>/closing")
@gives(TopicShape)
def open_again(topic_id: int) -> Response:
    """Open a closed topic again."""
    reader = signed_in_reader()
    topic = queries.get_topic(topic_id, reader=reader)
    with transaction():
        actions.open_topic(topic, by=reader)
    return one(topic_id, reader)


@pages.put("/posts/<id:post_id>/hiding")
@gives(None, takes=WhyForm)
def hide(post_id: int) -> Response:
    """Take a post out of sight, with a reason; for moderators."""
    reader = signed_in_reader()
    post = queries.get_post(post_id, reader=reader)
    topic = queries.get_topic(post.topic_id, reader=reader)
    form = WhyForm.of_json(json_body())
    form.check()
    with transaction():
        actions.hide_post(topic, post, by=reader, why=form.why.data or "")
    return Response(status=204)


@pages.delete("/posts/<id:post_id>/hiding")
@gives(None)
def show_again(post_id: int) -> Response:
    """Bring a hidden post back; for moderators."""
    reader = signed_in_reader()
    post = queries.get_post(post_id, reader=reader)
    with transaction():
        actions.show_post(queries.get_topic(post.topic_id, reader=reader), post, by=reader)
    return Response(status=204)


@pages.post("/themes")
@gives(ThemeShape, 201, takes=ThemeForm)
def add_theme() -> tuple[Response, int]:
    """Put a theme into the tree, below the id `parent` or at the top; for moderators."""
    reader, form = keeper(), ThemeForm.of_json(json_body())
    form.check()
    with transaction():
        theme = actions.add_theme(
            names=form.names(), parent_id=form.parent.data, position=form.position.data or 0, by=reader
        )
    return _theme(theme.id), 201


@pages.patch("/themes/<id:theme_id>")
@gives(ThemeShape, takes=ThemeForm)
def change_theme(theme_id: int) -> Response:
    """Give a theme other names and another place; what is left out stays, and a `parent` of null is the top."""
    reader, theme = keeper(), queries.get_theme(theme_id)
    names = {f"name_{language}": name for language, name in queries.theme_names(theme.id).items()}
    form = ThemeForm.of_json({**names, "parent": theme.parent_id, "position": theme.position} | json_body())
    form.check()
    with transaction():
        actions.change_theme(
            queries.get_theme(theme_id),
            names=form.names(),
            parent_id=form.parent.data,
            position=form.position.data or 0,
            by=reader,
        )
    return _theme(theme_id)


@pages.put("/themes/<id:theme_id>/retirement")
@gives(ThemeShape)
def retire_theme(theme_id: int) -> Response:
    """Offer a theme no more; for moderators."""
    reader = keeper()
    with transaction():
        actions.retire_theme(queries.get_theme(theme_id), by=reader)
    return _theme(theme_id)


@pages.delete("/themes/<id:theme_id>/retirement")
@gives(ThemeShape)
def bring_theme_back(theme_id: int) -> Response:
    """Offer a theme again; for moderators."""
    reader = keeper()
    with transaction():
        actions.bring_theme_back(queries.get_theme(theme_id), by=reader)
    return _theme(theme_id)


def _theme(theme_id: int) -> Response:
    branch = queries.find_branch(queries.theme_tree(current_speech().locale), theme_id)
    if branch is None:
        raise NotFound
    return jsonify(theme_shape(branch))
