"""JSON of topics: lists, one of them, themes and tags."""

from flask import Response, jsonify

from forum.core.api import AllOf, PageOf, all_of, json_body, list_of
from forum.core.db import transaction
from forum.core.languages import current_speech
from forum.core.openapi import gives
from forum.core.reader import Reader
from forum.core.web import current_reader, signed_in_reader
from forum.topics import actions, queries
from forum.topics.api.blueprint import pages
from forum.topics.forms import TopicFilter, TopicHeadForm
from forum.topics.queries import Which
from forum.topics.shapes.topics import (
    TagShape,
    ThemeShape,
    TopicShape,
    tag_shape,
    theme_shape,
    topic_shape,
)
from forum.topics.views.lists import find_topics, which_is_asked


@pages.get("/topics")
@gives(PageOf[TopicShape], query=TopicFilter)
def topics() -> Response:
    """Topics that the reader may see, the newest reply first. `show` is latest, unread, new, unanswered or mine;
    `theme`, `workshop` and `municipality` are ids."""
    return _list(which_is_asked())


@pages.get("/topics/unread")
@gives(PageOf[TopicShape], query=TopicFilter, guests=False)
def unread() -> Response:
    """Topics with posts that the member has not read."""
    signed_in_reader()
    return _list(Which.UNREAD)


def _list(which: Which) -> Response:
    language = current_speech().locale
    page = find_topics(which, current_reader(), language, with_tree=False).page
    labels = queries.labels_for([row.id for row in page.items], language)
    return list_of(page, lambda row: topic_shape(row, labels[row.id]))


@pages.get("/topics/<id:topic_id>")
@gives(TopicShape)
def topic(topic_id: int) -> Response:
    """One topic."""
    return one(topic_id, current_reader())


def one(topic_id: int, reader: Reader) -> Response:
    """A topic as this reader sees it."""
    row, labels = queries.get_topic_row(topic_id, reader=reader, language=current_speech().locale)
    return jsonify(topic_shape(row, labels))


@pages.patch("/topics/<id:topic_id>")
@gives(TopicShape, takes=TopicHeadForm)
def edit_topic(topic_id: int) -> Response:
    """Change the head of a topic: `themes` are ids, `kind` is discussion or question; what is left out stays."""
    reader = signed_in_reader()
    seen = queries.get_topic(topic_id, reader=reader)
    body = json_body()
    form = TopicHeadForm.of_json(body)
    form.check()
    with transaction():
        actions.edit_topic(
            seen,
            by=reader,
            title=form.title.data or "" if "title" in body else seen.title,
            themes=None if body.get("themes") is None else form.themes.data or [],
            tags=None if body.get("tags") is None else form.tags.data or [],
            kind=form.kind_given(),
        )
    return one(topic_id, reader)


@pages.get("/themes")
@gives(AllOf[ThemeShape])
def themes() -> Response:
    """The tree of themes, each followed by those below it."""
    return all_of(map(theme_shape, queries.theme_tree(current_speech().locale)))


@pages.get("/tags")
@gives(AllOf[TagShape])
def tags() -> Response:
    """The tags on the latest topics that the reader may see, the most used first."""
    return all_of(map(tag_shape, queries.tags_in_use(current_reader())))


@pages.get("/topics/<id:topic_id>/related")
@gives(AllOf[TopicShape])
def related(topic_id: int) -> Response:
    """A few topics that share tags or themes with this one, those that share most first."""
    reader, language = current_reader(), current_speech().locale
    rows = queries.related_to(queries.get_topic(topic_id, reader=reader), reader=reader, language=language)
    labels = queries.labels_for([row.id for row in rows], language)
    return all_of(topic_shape(row, labels[row.id]) for row in rows)
