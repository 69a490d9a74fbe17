"""Taking the pen, asking for it, putting it down."""

from collections.abc import Callable
from datetime import timedelta

from flask import flash, redirect, url_for
from werkzeug.wrappers import Response as BaseResponse

from forum.core.db import transaction
from forum.core.errors import Conflict
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.pads import actions
from forum.pads.actions.pens import LONG_LEASE
from forum.pads.forms import PenForm
from forum.pads.rules import Subject
from forum.pads.views.blueprint import desk_at, pages, written
from forum.pads.views.showing import page

Act = Callable[[Subject, Reader], None]


@pages.put("/workshops/<id:workshop_id>/notes/pen")
def take(workshop_id: int) -> BaseResponse | tuple[str, int]:
    """Write from now on."""
    form = PenForm.sent()
    return _changed(workshop_id, taking(form, lease=LONG_LEASE))


@pages.delete("/workshops/<id:workshop_id>/notes/pen")
def put_down(workshop_id: int) -> BaseResponse | tuple[str, int]:
    """Others may write."""
    return _changed(workshop_id, lambda subject, by: actions.put_pen_down(subject, by=by))


@pages.put("/workshops/<id:workshop_id>/notes/pen/request")
def ask(workshop_id: int) -> BaseResponse | tuple[str, int]:
    """The writer is told."""
    answer = _changed(workshop_id, lambda subject, by: actions.ask_for_pen(subject, by=by, lease=LONG_LEASE))
    if not isinstance(answer, tuple) and desk_at(workshop_id).has_asked:
        flash(_("The writer sees that you ask for the pen."))
    return answer


@pages.delete("/workshops/<id:workshop_id>/notes/pen/request")
def take_back(workshop_id: int) -> BaseResponse | tuple[str, int]:
    """It is not wanted any more."""
    return _changed(workshop_id, lambda subject, by: actions.take_asking_back(subject, by=by))


def taking(form: PenForm, *, lease: timedelta) -> Act:
    """For page and API."""
    return lambda subject, by: actions.take_pen(subject, by=by, lease=lease, from_writer=bool(form.over.data))


def act(workshop_id: int, do: Act) -> None:
    """For page and API."""
    subject, reader = written(workshop_id)
    with transaction():
        do(subject, reader)


def _changed(workshop_id: int, do: Act) -> BaseResponse | tuple[str, int]:
    try:
        act(workshop_id, do)
    except Conflict as conflict:
        return page(workshop_id, conflict=conflict), conflict.status
    return redirect(url_for("pads.show", workshop_id=workshop_id, _anchor="notes"), 303)
