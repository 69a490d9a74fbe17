"""Topics that belong to a space and to no workshop."""

from flask import redirect, render_template, url_for
from sqlalchemy import Row
from werkzeug.wrappers import Response as BaseResponse

from forum.core.db import transaction
from forum.core.errors import Forbidden, Refused
from forum.core.languages import current_speech
from forum.core.reader import Reader
from forum.core.web import signed_in_reader
from forum.drafts.models import DraftKind
from forum.drafts.queries import begun
from forum.files.actions import attach
from forum.spaces import queries
from forum.spaces.forms import TopicForm
from forum.spaces.views.blueprint import pages
from forum.topics.actions import draw_files
from forum.topics.actions import preview as preview_of
from forum.topics.actions import start_topic as start
from forum.topics.queries import theme_tree
from forum.topics.rules import may_start_topic


@pages.get("/spaces/<id:space_id>/topics/new")
def new_topic(space_id: int) -> str:
    """The form for a new topic."""
    reader = signed_in_reader()
    space = readable_space(space_id, reader)
    if not may_start_topic(reader, space_kind=space.kind, belongs=space.belongs):
        raise Forbidden
    return _page(space, TopicForm(data=begun(reader.member_id, DraftKind.SPACE, space.id)))


@pages.post("/spaces/<id:space_id>/topics")
def start_topic(space_id: int) -> BaseResponse | str | tuple[str, int]:
    """Start a topic, or show how its first post will look."""
    reader = signed_in_reader()
    space, form = readable_space(space_id, reader), TopicForm.sent()
    try:
        form.check()
        form.check_attached()
        if form.attach.data:
            with transaction():
                form.attach_file(attach, owner=reader)
            return _page(space, form)
        if form.preview.data:
            return _page(space, form, preview=form.words.data or "")
        with transaction():
            done = start(
                space_id=space.id,
                author=reader,
                title=form.title.data or "",
                words=form.words.data or "",
                language=form.language.data or None,
                themes=form.themes.data or (),
                tags=form.tags.data or (),
                kind=form.kind.data,
                key=form.key.data,
            )
    except Refused as refused:
        form.take(refused)
        return _page(space, form, refused=refused), refused.status
    if done.held is not None:
        return redirect(url_for("moderation.held", held_id=done.held), 303)
    return redirect(url_for("topics.show", topic_id=done.id), 303)


def readable_space(space_id: int, reader: Reader) -> Row:
    """The space, if the reader may see what is in it."""
    return queries.get_readable_space(space_id, reader=reader, language=current_speech().locale)


def _page(space: Row, form: TopicForm, *, preview: str = "", refused: Refused | None = None) -> str:
    rendered = preview_of(preview, language=form.language.data or None) if preview.strip() else None
    return render_template(
        "spaces/new_topic.html",
        space=space,
        form=form,
        themes=theme_tree(current_speech().locale),
        rendered=rendered and draw_files(rendered, reader=signed_in_reader(), space_id=space.id),
        refused=refused,
    )
