"""One post: its permanent address, what may be done with it, other words, out of sight and back."""

from flask import redirect, render_template, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response as BaseResponse

from forum.core.db import transaction
from forum.core.errors import Conflict, Forbidden, NotFound, Refused
from forum.core.languages import current_speech
from forum.core.reader import Reader
from forum.core.text import render
from forum.core.web import current_reader, signed_in_reader
from forum.topics import actions, queries, rules
from forum.topics.forms import EditForm, WhyForm
from forum.topics.models import Post
from forum.topics.queries import TopicSeen, page_of_position
from forum.topics.views.blueprint import pages


@pages.get("/posts/<id:post_id>")
def place(post_id: int) -> BaseResponse:
    """Lead to where the post stands now."""
    reader = current_reader()
    post = queries.get_post(post_id, reader=reader)
    return _lead(queries.get_topic(post.topic_id, reader=reader), post)


@pages.get("/topics/<id:topic_id>/posts/<id:number>")
def numbered(topic_id: int, number: int) -> BaseResponse:
    """Lead to the post with this number; behind the last one, to the last."""
    topic = queries.get_topic(topic_id, reader=current_reader())
    post = queries.find_post_numbered(topic, min(number, topic.last_number))
    if post is None:
        raise NotFound
    return _lead(topic, post)


@pages.get("/topics/<id:topic_id>/continue")
def go_on(topic_id: int) -> BaseResponse:
    """Lead the member to the first post that they have not read."""
    topic = queries.get_topic(topic_id, reader=signed_in_reader())
    number = queries.first_number_after(topic, topic.read_number)
    return redirect(url_for("topics.numbered", topic_id=topic.id, number=number))


def _lead(topic: TopicSeen, post: Post) -> BaseResponse:
    page = page_of_position(post.position)
    target = url_for("topics.show", topic_id=topic.id, slug=topic.slug or None, page=page if page > 1 else None)
    return redirect(f"{target}#post-{post.number}")


@pages.get("/posts/<id:post_id>/menu")
def menu(post_id: int) -> str:
    """Everything that this reader may do with the post."""
    reader = current_reader()
    topic, post = _get(post_id, reader)
    return render_template(
        "topics/menu.html",
        topic=topic,
        post=queries.get_post_row(post.id, current_speech().locale),
        may_reply=rules.may_reply(reader, topic),
        may_edit=rules.may_edit_post(reader, topic, post),
        may_hide=rules.may_hide_post(reader, topic) and post.number > 1,
        form=WhyForm(),
    )


@pages.get("/posts/<id:post_id>/edit")
def edit_page(post_id: int) -> str:
    """The composer with the post's words."""
    reader = signed_in_reader()
    topic, post = _get(post_id, reader)
    if not rules.may_edit_post(reader, topic, post):
        raise Forbidden
    return _page(topic, post, EditForm(data={"words": post.words, "version": post.version}))


@pages.put("/posts/<id:post_id>")
def edit(post_id: int) -> BaseResponse | str | tuple[str, int]:
    """Put other words in the post; who was slower gets both texts back."""
    reader = signed_in_reader()
    topic, post = _get(post_id, reader)
    form = EditForm.sent()
    try:
        form.check()
        if form.preview.data and rules.may_edit_post(reader, topic, post):
            return _page(topic, post, form, preview=form.words.data or "")
        with transaction():
            actions.edit_post(
                topic,
                post,
                by=reader,
                words=form.words.data or "",
                version=form.version.data or 0,
                language=form.language.data or None,
            )
    except Conflict as conflict:
        form.version.raw_data, form.version.data = None, conflict.extra.get("version", post.version)
        return _page(topic, post, form, conflict=conflict), conflict.status
    except Refused as refused:
        form.take(refused)
        return _page(topic, post, form, refused=refused), refused.status
    return redirect(url_for("topics.place", post_id=post.id), 303)


@pages.put("/posts/<id:post_id>/hiding")
def hide(post_id: int) -> BaseResponse:
    """Take the post out of sight, with a reason."""
    reader = signed_in_reader()
    topic, post = _get(post_id, reader)
    form = WhyForm.sent()
    form.check()
    with transaction():
        actions.hide_post(topic, post, by=reader, why=form.why.data or "")
    return redirect(url_for("topics.place", post_id=post.id), 303)


@pages.delete("/posts/<id:post_id>/hiding")
def show_again(post_id: int) -> BaseResponse:
    """Bring the post back."""
    reader = signed_in_reader()
    topic, post = _get(post_id, reader)
    with transaction():
        actions.show_post(topic, post, by=reader)
    return redirect(url_for("topics.place", post_id=post.id), 303)


def _get(post_id: int, reader: Reader) -> tuple[TopicSeen, Post]:
    post = queries.get_post(post_id, reader=reader)
    return queries.get_topic(post.topic_id, reader=reader), post


def _page(
    topic: TopicSeen,
    post: Post,
    form: EditForm,
    *,
    preview: str | None = None,
    conflict: Conflict | None = None,
    refused: Refused | None = None,
) -> str:
    rendered = render(preview, language=form.language.data or None) if preview and preview.strip() else None
    return render_template(
        "topics/edit_post.html",
        topic=topic,
        post=post,
        form=form,
        preview=Markup(rendered.html) if rendered else None,
        direction_of_preview=rendered.direction if rendered else None,
        conflict=conflict,
        refused=refused,
    )
