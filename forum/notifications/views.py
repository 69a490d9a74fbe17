"""Pages: what waits behind the bell."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from forum.core import clock
from forum.core.db import transaction
from forum.core.languages import current_speech
from forum.core.web import signed_in_reader
from forum.notifications import actions, queries

pages = Blueprint("notifications", __name__, url_prefix="/<language:language>")


@pages.get("/notices")
def index() -> str:
    """What the member was told, the newest first."""
    page = queries.notices_of(signed_in_reader(), current_speech().locale, cursor=request.args.get("cursor"))
    return render_template("notifications/index.html", page=page, now=clock.now())


@pages.put("/notices/<id:notice_id>/read")
def read(notice_id: int) -> BaseResponse:
    """One was seen."""
    reader = signed_in_reader()
    with transaction():
        actions.mark_read(reader, notice_id)
    return redirect(url_for("notifications.index"), 303)


@pages.put("/notices/read")
def read_all() -> BaseResponse:
    """All were seen."""
    reader = signed_in_reader()
    with transaction():
        actions.mark_all_read(reader)
    return redirect(url_for("notifications.index"), 303)
