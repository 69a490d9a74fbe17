"""The buttons of a composer without a script: take a file in, show how it will look, keep it for later, send it."""

from collections.abc import Callable
from typing import Any, Protocol

from flask import redirect, url_for
from werkzeug.wrappers import Response as BaseResponse

from forum.core.db import transaction
from forum.core.errors import Refused
from forum.core.reader import Reader
from forum.core.web import signed_in_reader
from forum.drafts.actions import keep_draft
from forum.drafts.models import DraftKind
from forum.files.actions import attach
from forum.topics.actions import Done
from forum.topics.forms import EditForm, ReplyForm, StartForm


class Draw(Protocol):
    """Shows the page of a form again, with all that was filled in."""

    def __call__(self, *, preview: str = "", refused: Refused | None = None) -> str: ...


def use_buttons(
    form: ReplyForm | StartForm,
    *,
    draft: tuple[DraftKind, int],
    draw: Draw,
    send: Callable[[], Done],
    place_of: Callable[[Done], str],
) -> BaseResponse | str | tuple[str, int]:
    """Do what the button says that was pressed. `draft` is where the words wait, `place_of` leads to what was sent."""
    reader = signed_in_reader()
    try:
        form.check()
        form.check_attached()
        if form.attach.data:
            with transaction():
                form.attach_file(attach, owner=reader)
            return draw()
        if form.preview.data:
            return draw(preview=form.words.data or "")
        if form.keep.data:
            return keep_as_draft(reader, *draft, form)
        with transaction():
            done = send()
    except Refused as refused:
        form.take(refused)
        return draw(refused=refused), refused.status
    held = done.held is not None
    return redirect(url_for("moderation.held", held_id=done.held) if held else place_of(done), 303)


def keep_as_draft(
    reader: Reader, kind: DraftKind, subject_id: int, form: ReplyForm | EditForm | StartForm
) -> BaseResponse:
    """Not now. Leads to where the words wait."""
    given: dict[str, Any] = {"words": form.words.data or "", "language": form.language.data or ""}
    if isinstance(form, ReplyForm):
        given["reply_to"] = form.reply_to.data
    elif isinstance(form, EditForm):
        given |= {"version": form.version.data, "reason": form.reason.data or ""}
    else:
        given |= {"title": form.title.data or "", "topic_kind": form.kind.data or ""}
        given |= {"themes": form.themes.data or (), "tags": form.tags.data or ()}
    with transaction():
        keep_draft(reader.member_id, kind, subject_id, **given)
    return redirect(url_for("drafts.index"), 303)
