"""Replying: the page with the composer alone, the preview, the reply."""

from flask import redirect, render_template, request, url_for
from markupsafe import Markup
from sqlalchemy import Row
from werkzeug.wrappers import Response as BaseResponse

from forum.core.db import transaction
from forum.core.errors import NotFound, Refused
from forum.core.languages import current_speech, to_latin_digits
from forum.core.text import render
from forum.core.web import signed_in_reader
from forum.topics import actions, queries
from forum.topics.forms import ReplyForm
from forum.topics.queries import TopicSeen
from forum.topics.views.blueprint import pages


@pages.get("/topics/<id:topic_id>/reply")
def reply_page(topic_id: int) -> str:
    """The composer, below the post that is answered."""
    topic = queries.get_topic(topic_id, reader=signed_in_reader())
    text = to_latin_digits(request.args.get("to", ""))
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
    return _page(topic, ReplyForm(data={"reply_to": number}))


@pages.post("/topics/<id:topic_id>/posts")
def reply(topic_id: int) -> BaseResponse | str | tuple[str, int]:
    """Add a post, or show how it will look."""
    reader = signed_in_reader()
    topic = queries.get_topic(topic_id, reader=reader)
    form = ReplyForm.sent()
    try:
        form.check()
        if form.preview.data:
            return _page(topic, form, preview=form.words.data or "")
        with transaction():
            done = actions.reply(
                topic,
                author=reader,
                words=form.words.data or "",
                language=form.language.data or None,
                reply_to=form.reply_to.data,
                key=form.key.data,
            )
    except Refused as refused:
        form.take(refused)
        return _page(topic, form, refused=refused), refused.status
    return redirect(url_for("topics.place", post_id=done.id), 303)


def _page(topic: TopicSeen, form: ReplyForm, *, preview: str | None = None, refused: Refused | None = None) -> str:
    rendered = render(preview, language=form.language.data or None) if preview and preview.strip() else None
    return render_template(
        "topics/reply.html",
        topic=topic,
        form=form,
        answered=_find_answered(topic, form.reply_to.data),
        preview=Markup(rendered.html) if rendered else None,
        direction_of_preview=rendered.direction if rendered else None,
        refused=refused,
    )


def _find_answered(topic: TopicSeen, number: int | None) -> Row | None:
    """The answered post's row, for reading it again; None for a number that is not there."""
    if number is None:
        return None
    post = queries.find_post_numbered(topic, number)
    if post is None:
        raise NotFound
    return queries.get_post_row(post.id, current_speech().locale)
