"""The call itself, and the form by which a manager opens or changes it."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from sqlalchemy import Row
from werkzeug.wrappers import Response as BaseResponse

from forum.applying import actions, queries, rules
from forum.applying.forms import CallForm
from forum.applying.views.blueprint import managed, pages, runs, seen_workshop
from forum.core import clock
from forum.core.db import transaction
from forum.core.errors import Refused
from forum.core.languages import current_speech
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.core.web import current_reader
from forum.spaces.models import SpaceKind
from forum.workshops.queries import get_row


@pages.get("/workshops/<id:workshop_id>/call")
def call(workshop_id: int) -> str:
    """What the call says, and how the reader stands to it."""
    workshop, reader = seen_workshop(workshop_id), current_reader()
    row = queries.get_call_row(workshop.id, current_speech().locale)
    own = queries.find_candidacy(workshop.id, reader.id)
    return render_template(
        "applying/call.html",
        workshop=workshop,
        call=row,
        own=own,
        is_open=rules.is_open(row, workshop),
        reviews=queries.count_left(workshop.id, reader) if reader.is_authenticated else (0, 0),
        manages=runs(workshop.id, reader),
        questions=queries.form_of(workshop.id, current_speech().locale),
        unlisted=workshop.space_kind != SpaceKind.PUBLIC,
        now=clock.now(),
    )


@pages.get("/workshops/<id:workshop_id>/call/edit")
def edit_call(workshop_id: int) -> str:
    """The form: empty where there is no call yet."""
    workshop, _reader = managed(workshop_id)
    return _page(workshop, CallForm(data=held(workshop)))


def held(workshop: Row) -> dict[str, Any]:
    """What holds now, for the fields."""
    if queries.find_call(workshop.id) is None:
        return {"zone": workshop.zone}
    row = queries.get_call_row(workshop.id, current_speech().locale)
    words, criteria = queries.call_words_of(workshop.id), queries.criterion_plans_of(workshop.id)
    return CallForm.shown(row, words, criteria, queries.reviewers_of(workshop.id))


@pages.put("/workshops/<id:workshop_id>/call")
def set_call(workshop_id: int) -> BaseResponse | tuple[str, int]:
    """Open it, or change it."""
    workshop, reader = managed(workshop_id)
    form = CallForm.sent()
    try:
        set_as_sent(workshop.id, form, reader)
    except Refused as refused:
        form.take(refused)
        return _page(workshop, form, refused), refused.status
    closed = queries.get_call(workshop.id).closes_at <= clock.now()
    saved = _("The call is saved. Members can apply until it closes.")
    flash(_("The call is closed. Its reviewers have their applications.") if closed else saved)
    return redirect(url_for("applying.call", workshop_id=workshop_id), 303)


def set_as_sent(workshop_id: int, form: CallForm, reader: Reader) -> None:
    """For page and API."""
    form.check()
    plan = form.plan()
    with transaction():
        actions.set_call(get_row(workshop_id), plan, by=reader)


@pages.delete("/workshops/<id:workshop_id>/call")
def remove_call(workshop_id: int) -> BaseResponse:
    """Take it away, as long as nobody has applied."""
    remove_now(workshop_id)
    flash(_("The call is gone. Who wants to come says so again on the page of the event."))
    return redirect(url_for("workshops.show", workshop_id=workshop_id), 303)


def remove_now(workshop_id: int) -> None:
    """For page and API."""
    workshop, reader = managed(workshop_id)
    with transaction():
        actions.remove_call(get_row(workshop.id), by=reader)


def _page(workshop: Row, form: CallForm, refused: Refused | None = None) -> str:
    there = queries.find_call(workshop.id)
    return render_template(
        "applying/edit.html",
        workshop=workshop,
        form=form,
        call=there,
        applied=queries.count_candidacies(workshop.id) if there else 0,
        reviewers=queries.reviewers_of(workshop.id) if there else [],
        refused=refused,
    )
