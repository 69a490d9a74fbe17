"""Announcing a workshop, changing and copying it: for managers."""

from collections.abc import Iterable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse
from wtforms.fields import SelectChoice, SelectField

from forum.agenda import actions as agenda
from forum.agenda.queries import get_request, open_requests
from forum.core.db import transaction
from forum.core.errors import Conflict, Forbidden, Invalid, NotFound, Refused
from forum.core.languages import LANGUAGES, current_speech, to_latin_digits
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.core.submissions import body_hash
from forum.core.web import signed_in_reader
from forum.registering.actions import places
from forum.registering.queries import capacity_of
from forum.spaces.queries import readable_spaces
from forum.workshops import actions, queries, rules
from forum.workshops.forms import CancelForm, WorkshopForm
from forum.workshops.models import Workshop
from forum.workshops.views.blueprint import pages
from forum.workshops.views.once import once


@pages.get("/workshops/new")
def new() -> str:
    """The form for a new one; `?copy=12` begins with what another one says."""
    reader = managing_reader()
    source = _copied(reader, request.args.get("copy"))
    if source is None:
        return _page(WorkshopForm(data={"zone": current_speech().zone}), reader)
    held = held_of(source) | {"starts": "", "ends": "", "copy": str(source.id), "prepares": []}
    held["capacity"] = capacity_of(source.id)  # the link by which one joined last year leads nowhere any more
    return _page(WorkshopForm(data=held), reader)


@pages.post("/workshops")
def announce() -> BaseResponse | tuple[str, int]:
    """Announce it, with the sessions and talks of the one that it is copied from."""
    reader, form = managing_reader(), WorkshopForm.sent()
    try:
        form.check()
        workshop = keep_announcing(form, by=reader)
    except Refused as refused:
        form.take(refused)
        return _page(form, reader, refused=refused), refused.status
    flash(_("It is announced. Now say what is on its programme."))
    return redirect(url_for("workshops.programme", workshop_id=workshop.id), 303)


def keep_announcing(form: WorkshopForm, *, by: Reader) -> Workshop:
    """Announce it, for page and API alike; sent twice, once. From the one that it is copied from come programme and
    materials."""
    source = _copied(by, form.copy.data)
    with transaction():
        return queries.get_row(once(form, "workshop", by=by, make=lambda: _announced(form, source, by)))


def _announced(form: WorkshopForm, source: Workshop | None, by: Reader) -> Workshop:
    assert form.starts.time, "check() comes first"
    plan = form.plan(**(actions.programme_of(source, form.starts.time) if source else {}))
    workshop = actions.add_workshop(plan, space_id=form.space_id, by=by)
    actions.set_links(workshop, prepares=form.prepares.data or (), by=by)
    if source:
        actions.copy_materials(source, workshop)
    if form.capacity.data is not None or form.joining_link.data:
        link = form.joining_link.data or ""
        places.set_admission(workshop.id, capacity=form.capacity.data, joining_link=link, by=by)
    _take_up(form.answers.data or (), workshop, by)
    return workshop


def _take_up(request_ids: Iterable[int], workshop: Workshop, by: Reader) -> None:
    try:
        for id in dict.fromkeys(request_ids):
            agenda.schedule(get_request(id, reader=by), workshop_id=workshop.id, by=by)
    except (NotFound, Conflict):
        raise Invalid(fields={"answers": _("Choose among the open requests.")}) from None


@pages.get("/workshops/<id:workshop_id>/edit")
def edit_page(workshop_id: int) -> str:
    """The form with what holds now."""
    workshop, reader = managed(workshop_id), signed_in_reader()
    held = held_of(workshop)
    return _page(WorkshopForm(data=held | {"seen": _mark(held)}), reader, workshop)


@pages.put("/workshops/<id:workshop_id>")
def edit(workshop_id: int) -> BaseResponse | tuple[str, int]:
    """Change it. Whoever opened the page before somebody else saved is shown what that was, and loses nothing."""
    workshop, reader, form = managed(workshop_id), signed_in_reader(), WorkshopForm.sent()
    try:
        form.check()
        with transaction():
            workshop = queries.hold_row(workshop.id)
            _check_seen(form, held_of(workshop))
            actions.change_workshop(workshop, form.plan(), by=reader)
            actions.set_links(workshop, prepares=form.prepares.data or (), by=reader)
    except Refused as refused:
        form.take(refused)
        return _page(form, reader, workshop, refused=refused), refused.status
    flash(_("The event is changed."))
    return redirect(url_for("workshops.show", workshop_id=workshop_id), 303)


def _mark(held: dict[str, Any]) -> str:
    """Stands for what the page shows."""
    return body_hash("shown", sorted((name, str(value)) for name, value in held.items())).hex()[:32]


def _check_seen(form: WorkshopForm, held: dict[str, Any]) -> None:
    if not form.seen.data or form.seen.data == _mark(held):
        return
    theirs = []
    for name, value in held.items():
        field = form[name]
        if name != "space" and isinstance(value, str) and value and value != _lines(field.data or ""):
            language = name.rpartition("_")[2]
            chosen = {one.value: one.label for one in field.iter_choices()} if isinstance(field, SelectField) else {}
            theirs.append((field.label.text, language if language in LANGUAGES else "", chosen.get(value, value)))
    form.seen.data = _mark(held)
    message = _("Another manager saved while you wrote. Your form is as you left it; what they say stands beside it.")
    raise Conflict(message, theirs=theirs)


def _lines(text: str) -> str:
    return "\n".join(text.strip().splitlines())


@pages.get("/workshops/<id:workshop_id>/cancellation")
def cancel_page(workshop_id: int) -> str:
    """Asks once, and says who is told."""
    return _cancel_page(managed(workshop_id), CancelForm())


@pages.put("/workshops/<id:workshop_id>/cancellation")
def cancel(workshop_id: int) -> BaseResponse | tuple[str, int]:
    """It does not take place."""
    workshop, reader, form = managed(workshop_id), signed_in_reader(), CancelForm.sent()
    try:
        form.check()
        with transaction():
            actions.cancel_workshop(queries.get_row(workshop.id), reason=form.reason.data or "", by=reader)
    except Refused as refused:
        form.take(refused)
        return _cancel_page(managed(workshop_id), form, refused), refused.status
    flash(_("The event is cancelled. Whoever meant to come is told by a letter in ten minutes."))
    return redirect(url_for("workshops.show", workshop_id=workshop_id), 303)


def _cancel_page(workshop: Workshop, form: CancelForm, refused: Refused | None = None) -> str:
    language = current_speech().locale
    row = queries.get_workshop(workshop.id, reader=signed_in_reader(), language=language)
    return render_template("workshops/cancel.html", workshop=row, form=form, refused=refused)


@pages.delete("/workshops/<id:workshop_id>/cancellation")
def restore(workshop_id: int) -> BaseResponse:
    """It takes place after all."""
    workshop, reader = managed(workshop_id), signed_in_reader()
    with transaction():
        actions.restore_workshop(queries.get_row(workshop.id), by=reader)
    flash(_("The event takes place after all. Whoever meant to come is told by a letter in ten minutes."))
    return redirect(url_for("workshops.show", workshop_id=workshop_id), 303)


def managing_reader() -> Reader:
    """A manager, or nobody."""
    reader = signed_in_reader()
    if not rules.may_manage_workshops(reader):
        raise Forbidden
    return reader


def managed(workshop_id: int) -> Workshop:
    """The workshop, for a manager who sees it; for others it is not there, or not theirs to change."""
    reader = signed_in_reader()
    seen = queries.get_workshop(workshop_id, reader=reader, language=current_speech().locale)
    if not rules.may_manage_workshops(reader):
        raise Forbidden
    return queries.get_row(seen.id)


def _copied(reader: Reader, words: str | None) -> Workshop | None:
    text = to_latin_digits(words or "")
    if not (text.isascii() and text.isdigit() and len(text) < 18):
        return None
    return queries.get_row(queries.get_workshop(int(text), reader=reader, language=current_speech().locale).id)


def held_of(workshop: Workshop) -> dict[str, Any]:
    """What holds now, for the fields of its form."""
    texts, objectives = queries.texts_of(workshop.id), queries.objective_texts_of(workshop.id)
    held = WorkshopForm.shown(workshop, texts, objectives, queries.languages_of([workshop.id])[workshop.id])
    return held | {"prepares": queries.prepared_ids_of(workshop.id)}


def _page(
    form: WorkshopForm, reader: Reader, workshop: Workshop | None = None, *, refused: Refused | None = None
) -> str:
    language = current_speech().locale
    form.space.choices = [SelectChoice(str(row.id), row.name) for row in readable_spaces(reader, language)]
    others = [row for row in queries.manageable(reader, language) if workshop is None or row.id != workshop.id]
    wanted = () if workshop else open_requests(reader, language)
    return render_template(
        "workshops/edit.html", form=form, workshop=workshop, others=others, wanted=wanted, refused=refused
    )
