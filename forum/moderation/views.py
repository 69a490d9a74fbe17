"""Pages: what waits for a moderator, one of it with the two answers, and a member's own."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy import Row
from werkzeug.wrappers import Response as BaseResponse

from forum.core import clock
from forum.core.db import transaction
from forum.core.errors import Forbidden, Refused
from forum.core.languages import current_speech, direction
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.core.web import never_kept, signed_in_reader
from forum.holding.models import HeldState
from forum.moderation import actions, queries, rules
from forum.moderation.forms import ReasonForm

pages = Blueprint("moderation", __name__, url_prefix="/<language:language>")


def moderator() -> Reader:
    """The moderator who asks; raises SignInNeeded or Forbidden."""
    reader = signed_in_reader()
    if not rules.may_moderate(reader):
        raise Forbidden
    return reader


@pages.get("/held")
def index() -> BaseResponse:
    """What waits, the longest first."""
    page = queries.waiting(moderator(), current_speech().locale, cursor=request.args.get("cursor"))
    return never_kept(render_template("moderation/index.html", page=page, is_own=False, now=clock.now()))


@pages.get("/held/mine")
def mine() -> BaseResponse:
    """The reader's own, and what became of it."""
    page = queries.own(signed_in_reader(), current_speech().locale, cursor=request.args.get("cursor"))
    return never_kept(render_template("moderation/index.html", page=page, is_own=True, now=clock.now()))


@pages.get("/held/<id:held_id>")
def held(held_id: int) -> BaseResponse:
    """One."""
    reader = signed_in_reader()
    row = queries.get_held_row(held_id, reader=reader, language=current_speech().locale)
    return never_kept(_page(row, reader, ReasonForm()))


def _page(row: Row, reader: Reader, form: ReasonForm, refused: Refused | None = None) -> str:
    waits, is_own = row.state == HeldState.WAITING, row.author_id == reader.id
    return render_template(
        "moderation/held.html",
        held=row,
        form=form,
        refused=refused,
        waits=waits,
        is_own=is_own,
        decides=waits and not is_own and rules.may_moderate(reader),
        reason_direction=direction(row.reason),
    )


@pages.put("/held/<id:held_id>/approval")
def approve(held_id: int) -> BaseResponse | tuple[str, int]:
    """Everybody may see it."""
    reader = moderator()
    row = queries.get_held_row(held_id, reader=reader, language=current_speech().locale)
    try:
        with transaction():
            actions.approve(queries.get_held(held_id, reader=reader), by=reader)
    except Refused as refused:
        if refused.status == Forbidden.status:
            raise
        return _page(row, reader, ReasonForm(), refused), refused.status
    flash(_("It stands in its place now, and its author is told."))
    return redirect(url_for("moderation.index"), 303)


@pages.put("/held/<id:held_id>/refusal")
def decline(held_id: int) -> BaseResponse | tuple[str, int]:
    """Nobody will see it."""
    reader, form = moderator(), ReasonForm.sent()
    row = queries.get_held_row(held_id, reader=reader, language=current_speech().locale)
    try:
        form.check()
        with transaction():
            actions.decline(queries.get_held(held_id, reader=reader), by=reader, reason=form.reason.data or "")
    except Refused as refused:
        if refused.status == Forbidden.status:
            raise
        form.take(refused)
        return _page(row, reader, form, refused), refused.status
    flash(_("The author is told, with your reason."))
    return redirect(url_for("moderation.index"), 303)


@pages.delete("/held/<id:held_id>")
def withdraw(held_id: int) -> BaseResponse:
    """Its author takes it back."""
    reader = signed_in_reader()
    with transaction():
        actions.withdraw(queries.get_held(held_id, reader=reader), by=reader)
    flash(_("Taken back. The words are among your drafts."))
    return redirect(url_for("moderation.mine"), 303)
