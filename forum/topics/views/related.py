"""Topics that are about the same as another; the topic's own page fetches them when its foot comes into sight."""

from flask import render_template

from forum.core import clock
from forum.core.languages import current_speech
from forum.core.web import current_reader
from forum.topics import queries
from forum.topics.views.blueprint import pages
from forum.workshops.queries import around


@pages.get("/topics/<id:topic_id>/related")
def related(topic_id: int) -> str:
    """Those that this reader may see."""
    reader, language = current_reader(), current_speech().locale
    topic = queries.get_topic(topic_id, reader=reader)
    rows = queries.related_to(topic, reader=reader, language=language)
    return render_template(
        "topics/related.html",
        topic=topic,
        topics=rows,
        around=around([row.id for row in rows], language),
        now=clock.now(),
    )
