"""What to read, and a topic for each talk."""

from flask import flash, redirect, render_template, url_for
from sqlalchemy import Row
from werkzeug.wrappers import Response as BaseResponse

from forum.attending import actions, queries, rules
from forum.attending.forms import PlaceForm, ReadingForm
from forum.attending.views.blueprint import pages, seen_workshop, staffed
from forum.core.db import transaction
from forum.core.errors import Refused
from forum.core.languages import current_speech, ngettext
from forum.core.languages import gettext as _
from forum.core.web import current_reader, signed_in_reader
from forum.spaces.models import SpaceKind
from forum.workshops.queries import get_row


@pages.get("/workshops/<id:workshop_id>/reading")
def reading(workshop_id: int) -> str:
    """The list; staff adds to it here."""
    return _page(seen_workshop(workshop_id), ReadingForm())


def _page(workshop: Row, form: ReadingForm, refused: Refused | None = None) -> str:
    reader = current_reader()
    return render_template(
        "attending/reading.html",
        workshop=workshop,
        reading=queries.reading_of(workshop.id, reader=reader, language=current_speech().locale),
        moderates=rules.may_moderate(reader),
        form=form,
        refused=refused,
        unlisted=workshop.space_kind != SpaceKind.PUBLIC,
    )


@pages.post("/workshops/<id:workshop_id>/reading")
def add_reading(workshop_id: int) -> BaseResponse | tuple[str, int]:
    """One more."""
    workshop, form = staffed(workshop_id), ReadingForm.sent()
    try:
        add_as_sent(workshop, form)
    except Refused as refused:
        form.take(refused)
        return _page(workshop, form, refused), refused.status
    flash(_("It stands on the reading list."))
    return _back(workshop_id)


def add_as_sent(workshop: Row, form: ReadingForm) -> int:
    """For page and API: the entry's id."""
    form.check()
    with transaction():
        given = {"link": form.link.data or "", "titles": form.titles()}
        return actions.add_reading(get_row(workshop.id), **given, by=signed_in_reader()).id


@pages.delete("/workshops/<id:workshop_id>/reading/<id:entry_id>")
def remove_reading(workshop_id: int, entry_id: int) -> BaseResponse:
    """Take one away."""
    remove(workshop_id, entry_id)
    flash(_("It is off the reading list."))
    return _back(workshop_id)


def remove(workshop_id: int, entry_id: int) -> None:
    """For page and API."""
    workshop = staffed(workshop_id)
    with transaction():
        actions.remove_reading(get_row(workshop.id), entry_id, by=signed_in_reader())


@pages.put("/workshops/<id:workshop_id>/reading/<id:entry_id>/place")
def place_reading(workshop_id: int, entry_id: int) -> BaseResponse:
    """Let it stand elsewhere in the list."""
    place(workshop_id, entry_id, PlaceForm.sent())
    return _back(workshop_id)


def place(workshop_id: int, entry_id: int, form: PlaceForm) -> None:
    """For page and API."""
    workshop = staffed(workshop_id)
    form.check()
    with transaction():
        actions.place_reading(get_row(workshop.id), entry_id, place=form.place.data or 1, by=signed_in_reader())


def _back(workshop_id: int) -> BaseResponse:
    return redirect(url_for("attending.reading", workshop_id=workshop_id), 303)


@pages.put("/workshops/<id:workshop_id>/talk-topics")
def start_talk_topics(workshop_id: int) -> BaseResponse:
    """A topic for each talk that has none."""
    made = make_talk_topics(workshop_id)
    flash(
        ngettext("%(num)s topic is started.", "%(num)s topics are started.", len(made))
        if made
        else _("Each talk has its topic already.")
    )
    return redirect(url_for("workshops.show", workshop_id=workshop_id, _anchor="topics"), 303)


def make_talk_topics(workshop_id: int) -> list[int]:
    """For page and API: the ids of the new ones."""
    workshop = staffed(workshop_id)
    with transaction():
        return actions.start_talk_topics(workshop, by=signed_in_reader())
