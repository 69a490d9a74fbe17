"""The notes of an event on a page of their own, and the part of it that other pages show too."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from forum.core import clock
from forum.core.db import transaction
from forum.core.errors import Conflict, Invalid, Refused
from forum.core.languages import to_latin_digits
from forum.core.web import current_reader
from forum.pads import actions
from forum.pads.actions.pens import LONG_LEASE
from forum.pads.forms import NotesForm
from forum.pads.queries import desk_of
from forum.pads.views.blueprint import pages, seen, written
from forum.spaces.models import SpaceKind


@pages.get("/workshops/<id:workshop_id>/notes")
def show(workshop_id: int) -> str:
    """What they say, and for who has the pen the box to write in."""
    return page(workshop_id)


@pages.get("/workshops/<id:workshop_id>/notes/part")
def part(workshop_id: int) -> BaseResponse | str | tuple[str, int]:
    """Only the notes, as this reader may use them: when the pen went to another one, and where no websocket gets
    through. With `?since=`, nothing if nothing has changed since."""
    workshop, subject = seen(workshop_id)
    desk = desk_of(subject, reader=current_reader())
    if to_latin_digits(request.args.get("since", "")) == str(desk.notes.change):
        return "", 204
    return render_template("pads/_pad.html", workshop=workshop, pad=desk, now=clock.now())


@pages.put("/workshops/<id:workshop_id>/notes")
def save(workshop_id: int) -> BaseResponse | tuple[str, int]:
    """Put other words in them; who was slower, or has lost the pen, gets both texts back."""
    subject, reader = written(workshop_id)
    form = NotesForm.sent()
    try:
        form.check()
        if form.ask.data:
            with transaction():
                actions.ask_for_pen(subject, by=reader, lease=LONG_LEASE)
            return page(workshop_id, form=form), 200
        with transaction():
            said = {"words": form.words.data or "", "version": form.version.data or 0}
            actions.save(subject, **said, by=reader, lease=LONG_LEASE)
            if form.done.data:
                actions.put_pen_down(subject, by=reader)
    except Conflict as conflict:
        return page(workshop_id, form=form, conflict=conflict), conflict.status
    except Invalid as refused:
        form.take(refused)
        return page(workshop_id, form=form, refused=refused), refused.status
    return redirect(url_for("pads.show", workshop_id=workshop_id), 303)


def page(
    workshop_id: int,
    *,
    form: NotesForm | None = None,
    conflict: Conflict | None = None,
    refused: Refused | None = None,
) -> str:
    """The page; words that could not be saved come back in `form`."""
    workshop, subject = seen(workshop_id)
    return render_template(
        "pads/show.html",
        workshop=workshop,
        pad=desk_of(subject, reader=current_reader()),
        form=form,
        conflict=conflict,
        refused=refused,
        unlisted=workshop.space_kind != SpaceKind.PUBLIC,
        now=clock.now(),
    )


def save_as_sent(workshop_id: int, form: NotesForm) -> None:
    """For the API."""
    subject, reader = written(workshop_id)
    form.check()
    with transaction():
        actions.save(subject, words=form.words.data or "", version=form.version.data or 0, by=reader)
