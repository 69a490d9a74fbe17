"""Starting a topic in a workshop."""

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
from forum.topics.actions import draw_files
from forum.topics.actions import preview as preview_of
from forum.topics.queries import theme_tree
from forum.topics.rules import may_start_topic
from forum.workshops import actions, queries
from forum.workshops.forms import TopicForm
from forum.workshops.views.blueprint import pages


@pages.get("/workshops/<id:workshop_id>/topics/new")
def new_topic(workshop_id: int) -> str:
    """The form for a new topic."""
    reader = signed_in_reader()
    workshop = queries.get_workshop(workshop_id, reader=reader, language=current_speech().locale)
    if not may_start(reader, workshop):
        raise Forbidden
    return _page(workshop, TopicForm(data=begun(reader.member_id, DraftKind.WORKSHOP, workshop.id)))


@pages.post("/workshops/<id:workshop_id>/topics")
def start_topic(workshop_id: int) -> BaseResponse | str | tuple[str, int]:
    """Start a topic, or show how its first post will look."""
    reader = signed_in_reader()
    workshop = queries.get_workshop(workshop_id, reader=reader, language=current_speech().locale)
    form = TopicForm.sent()
    try:
        form.check()
        form.check_attached()
        if form.attach.data:
            with transaction():
                form.attach_file(attach, owner=reader)
            return _page(workshop, form)
        if form.preview.data:
            return _page(workshop, form, preview=form.words.data or "")
        with transaction():
            done = actions.start_topic(
                workshop,
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
        return _page(workshop, form, refused=refused), refused.status
    if done.held is not None:
        return redirect(url_for("moderation.held", held_id=done.held), 303)
    return redirect(url_for("topics.show", topic_id=done.id), 303)


def may_start(reader: Reader, workshop: Row) -> bool:
    """May this reader start a topic in it?"""
    return may_start_topic(reader, space_kind=workshop.topics_kind, belongs=workshop.topics_belongs)


def _page(workshop: Row, form: TopicForm, *, preview: str = "", refused: Refused | None = None) -> str:
    rendered = preview_of(preview, language=form.language.data or None) if preview.strip() else None
    return render_template(
        "workshops/new_topic.html",
        workshop=workshop,
        form=form,
        themes=theme_tree(current_speech().locale),
        rendered=rendered and draw_files(rendered, reader=signed_in_reader(), space_id=workshop.topics_space_id),
        refused=refused,
    )
