"""Replying: the page with the composer alone, the preview, the reply."""

from functools import partial

from flask import render_template, request, url_for
from sqlalchemy import Row
from werkzeug.wrappers import Response as BaseResponse

from forum.core.errors import Refused
from forum.core.languages import current_speech, to_latin_digits
from forum.core.text import quote
from forum.core.web import current_reader, signed_in_reader
from forum.drafts.models import DraftKind
from forum.members.queries.names import name_or_former
from forum.topics import actions, queries
from forum.topics.actions import Done
from forum.topics.forms import ReplyForm
from forum.topics.fragments import words_before_sending
from forum.topics.models import Post, PostState
from forum.topics.queries import TopicSeen
from forum.topics.views.blueprint import pages
from forum.topics.views.sending import use_buttons


@pages.get("/topics/<id:topic_id>/reply")
def reply_page(topic_id: int) -> str:
    """The composer, below the post that is answered; with `?quote=1` it begins with that post's words."""
    topic = queries.get_topic(topic_id, reader=signed_in_reader())
    text = to_latin_digits(request.args.get("to", ""))
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
    answered = queries.find_post_numbered(topic, number) if number and "quote" in request.args else None
    words = "\n\n".join(part for part in (topic.draft, answered and whole_quote(answered)) if part)
    return _page(topic, ReplyForm(data={"reply_to": number or topic.draft_to, "words": words}))


def whole_quote(post: Post) -> str:
    """Markdown that quotes a post; nothing of one that is out of sight."""
    if post.state != PostState.SHOWN:
        return ""
    source = queries.names_of_quoted([post.id])[0]
    return quote(post.words, id=post.id, number=post.number, name=name_or_former(source.name))


@pages.post("/topics/<id:topic_id>/posts")
def reply(topic_id: int) -> BaseResponse | str | tuple[str, int]:
    """Add a post, or show how it will look."""
    reader = signed_in_reader()
    topic = queries.get_topic(topic_id, reader=reader)
    form = ReplyForm.sent()

    def send() -> Done:
        return actions.reply(
            topic,
            author=reader,
            words=form.words.data or "",
            language=form.language.data or None,
            reply_to=form.reply_to.data,
            key=form.key.data,
        )

    return use_buttons(
        form,
        draft=(DraftKind.TOPIC, topic.id),
        draw=partial(_page, topic, form),
        send=send,
        place_of=lambda done: url_for("topics.place", post_id=done.id),
    )


def _page(topic: TopicSeen, form: ReplyForm, *, preview: str = "", refused: Refused | None = None) -> str:
    rendered = actions.preview(preview, language=form.language.data or None) if preview.strip() else None
    return render_template(
        "topics/reply.html",
        topic=topic,
        form=form,
        answered=_find_answered(topic, form.reply_to.data),
        preview=words_before_sending(rendered, reader=current_reader(), space_id=topic.space_id) if rendered else None,
        direction_of_preview=rendered.direction if rendered else None,
        refused=refused,
    )


def _find_answered(topic: TopicSeen, number: int | None) -> Row | None:
    """The answered post's row, for reading it again; None for a number that is not there."""
    if number is None:
        return None
    post = queries.find_post_numbered(topic, number)
    if post is None:
        return None
    return queries.get_post_row(post.id, current_speech().locale)
