"""The form after an event: kept between visits, published with one button, opened again with another."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from sqlalchemy import Row
from werkzeug.wrappers import Response as BaseResponse
from wtforms.fields import SelectChoice

from forum.closing import actions, queries
from forum.closing.actions.contents import TEXTS
from forum.closing.forms import ClosingForm, form_for, shown
from forum.closing.views.blueprint import closed_by, managed, pages
from forum.core.db import transaction
from forum.core.errors import Conflict, Refused
from forum.core.languages import LANGUAGES, current_speech
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.core.settings import current_settings
from forum.pads.queries import notes_of
from forum.pads.rules import WORKSHOP
from forum.workshops.queries import get_row, materials_of, objective_ids_of, objectives_of


@pages.get("/<language:language>/workshops/<id:workshop_id>/closing")
def prepare(workshop_id: int) -> str:
    """The form with what was kept."""
    workshop, _reader = closed_by(workshop_id)
    draft = queries.draft_of(workshop.id)
    return page_of(
        workshop, form_for(objective_ids_of(workshop.id))(data=shown(draft.said) | {"version": draft.version})
    )


@pages.put("/<language:language>/workshops/<id:workshop_id>/closing")
def keep(workshop_id: int) -> BaseResponse | str | tuple[str, int]:
    """Keep it, or close the event with it."""
    workshop, reader = closed_by(workshop_id)
    form = form_for(objective_ids_of(workshop.id)).sent()
    try:
        form.check()
        if form.notes.data:
            _begin_with_notes(workshop.id, form)
            return page_of(workshop, form)
        form.check_handed_in()
        keep_as_sent(workshop.id, form, reader, closes=bool(form.close.data))
    except Conflict as conflict:
        form.version.raw_data, form.version.data = None, conflict.extra.get("version", form.version.data)
        return page_of(workshop, form, conflict=conflict), conflict.status
    except Refused as refused:
        form.take(refused)
        return page_of(workshop, form, refused=refused), refused.status
    if form.close.data:
        flash(_("The event is closed: its page is its record now."))
        return redirect(url_for("workshops.show", workshop_id=workshop_id), 303)
    flash(_("Kept for the next visit. Nobody but the managers sees it yet."))
    return redirect(url_for("closing.prepare", workshop_id=workshop_id), 303)


def keep_as_sent(workshop_id: int, form: ClosingForm, reader: Reader, *, closes: bool) -> None:
    """For page and API."""
    with transaction():
        row = get_row(workshop_id)
        said, version = form.said(objective_ids_of(workshop_id)), form.version.data or 0
        if closes:
            actions.close(row, said, version=version, by=reader)
        else:
            actions.save_draft(row, said, version=version, by=reader)


@pages.delete("/<language:language>/workshops/<id:workshop_id>/closing/publication")
def reopen(workshop_id: int) -> BaseResponse:
    """Its page is that of an event again."""
    reopen_now(workshop_id)
    flash(_("The event is open again. What was written is kept; nobody is told a second time when it is closed anew."))
    return redirect(url_for("closing.prepare", workshop_id=workshop_id), 303)


def reopen_now(workshop_id: int) -> None:
    """For page and API."""
    _workshop, reader = managed(workshop_id)
    with transaction():
        actions.reopen(get_row(workshop_id), by=reader)


def _begin_with_notes(workshop_id: int, form: ClosingForm) -> None:
    """The shared notes at the end of the summary in the language of the page."""
    words = notes_of(WORKSHOP, workshop_id).words
    field = form._fields[f"summary_{current_speech().locale}"]
    if words and words not in (field.data or ""):
        field.data = f"{field.data or ''}\n\n{words}".strip()


def page_of(
    workshop: Row, form: ClosingForm, *, conflict: Conflict | None = None, refused: Refused | None = None
) -> str:
    """The form as it was sent, or with what was kept."""
    language = current_speech().locale
    materials = materials_of(workshop.id)
    form.recording_material.choices = [
        SelectChoice("", _("none")),
        *(SelectChoice(str(one.id), one.title) for one in materials),
    ]
    people, _countries = queries.attendance_of(workshop.id)
    return render_template(
        "closing/prepare.html",
        workshop=workshop,
        form=form,
        draft=queries.draft_of(workshop.id),
        objectives=objectives_of(workshop.id, language),
        materials=materials,
        people=people,
        questions=len(queries.open_questions(workshop.id)),
        recordings=queries.recordings_of(workshop.id),
        most_mb=current_settings().recording_mb,
        has_notes=bool(notes_of(WORKSHOP, workshop.id).words),
        editions=queries.editions_of(workshop.id),
        conflict=conflict,
        theirs=_differing(conflict),
        refused=refused,
    )


def _differing(conflict: Conflict | None) -> list[tuple[str, str, str]]:
    """[(part, language, their text)] where it is not what was sent."""
    theirs: dict[str, Any] = (conflict.extra.get("theirs") or {}) if conflict else {}
    yours: dict[str, Any] = (conflict.extra.get("yours") or {}) if conflict else {}
    found = []
    for part in TEXTS:
        for language in LANGUAGES:
            text = theirs.get(part, {}).get(language, "")
            if text and text != yours.get(part, {}).get(language, ""):
                found.append((part, language, text))
    for id, one in theirs.get("objectives", {}).items():
        if one != yours.get("objectives", {}).get(id):
            found.append((id, "", "\n".join(filter(None, (one["outcome"], *one["words"].values(), one["posts"])))))
    return found
