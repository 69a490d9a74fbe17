"""What a member keeps for themselves."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from forum.core import clock
from forum.core.db import transaction
from forum.core.errors import Invalid
from forum.core.languages import direction
from forum.core.text import excerpt
from forum.core.web import signed_in_reader
from forum.topics import actions, queries
from forum.topics.forms import BookmarkForm, WhyForm
from forum.topics.views.blueprint import pages
from forum.topics.views.post import menu_page


@pages.get("/bookmarks")
def bookmarks() -> str:
    """The member's bookmarks, the newest first."""
    page = queries.bookmarks_of(signed_in_reader(), cursor=request.args.get("cursor"))
    return render_template(
        "topics/bookmarks.html",
        page=page,
        excerpts={row.id: excerpt(row.html) for row in page.items},
        directions={row.id: direction(row.note) for row in page.items},
        now=clock.now(),
    )


@pages.put("/posts/<id:post_id>/bookmark")
def bookmark(post_id: int) -> BaseResponse | tuple[str, int]:
    """Keep the post, with a note."""
    form = BookmarkForm.sent()
    try:
        change_bookmark(post_id, form)
    except Invalid as refused:
        form.take(refused)
        reader = signed_in_reader()
        post = queries.get_post(post_id, reader=reader)
        topic = queries.get_topic(post.topic_id, reader=reader)
        return menu_page(reader, topic, post, WhyForm(), note=form), refused.status
    return redirect(url_for("topics.menu", post_id=post_id, _anchor="bookmark"), 303)


def change_bookmark(post_id: int, form: BookmarkForm) -> None:
    """Keep the post, or change the note."""
    reader = signed_in_reader()
    post = queries.get_post(post_id, reader=reader)
    topic = queries.get_topic(post.topic_id, reader=reader)
    form.check()
    with transaction():
        actions.bookmark(topic, post, by=reader, note=form.note.data)


@pages.delete("/posts/<id:post_id>/bookmark")
def remove_bookmark(post_id: int) -> BaseResponse:
    """Keep it no longer."""
    reader = signed_in_reader()
    with transaction():
        actions.remove_bookmark(post_id, by=reader)
    return redirect(url_for("topics.bookmarks"), 303)
