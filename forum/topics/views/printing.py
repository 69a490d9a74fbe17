"""A whole topic on one sheet, for paper and for reading through: every post, nothing to press."""

from flask import render_template, url_for
from markupsafe import Markup

from forum.core.errors import NotFound
from forum.core.languages import current_speech
from forum.core.web import current_reader
from forum.topics import queries
from forum.topics.fragments import fragments
from forum.topics.models import POSTS_PER_SHEET
from forum.topics.views.blueprint import pages
from forum.topics.views.topic import asked_page
from forum.workshops.queries import Around, around


@pages.get("/topics/<id:topic_id>/print")
def sheet(topic_id: int) -> str:
    """All posts of a topic; of a very long one a sheet at a time, by `?page=`."""
    reader, speech = current_reader(), current_speech()
    topic = queries.get_topic(topic_id, reader=reader)
    page, pages_in_all = asked_page(), -(-topic.last_position // POSTS_PER_SHEET)
    if page > max(pages_in_all, 1):
        raise NotFound
    posts = queries.posts_on_page(topic, page, speech.locale, size=POSTS_PER_SHEET)
    beside = around([topic.id], speech.locale).get(topic.id) or Around()
    return render_template(
        "topics/sheet.html",
        topic=topic,
        stamp=beside.stamp,
        posts=Markup(fragments(posts, language=speech.language, digits=speech.digits)),
        page=page,
        pages_in_all=pages_in_all,
        unlisted=True,
        canonical=url_for("topics.show", topic_id=topic.id, slug=topic.slug or None),
    )
