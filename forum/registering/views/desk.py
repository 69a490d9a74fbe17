"""Who comes: the list with its counts, as a sheet, and how many come in; for managers."""

from flask import Response, flash, redirect, render_template, request, url_for
from sqlalchemy import Row
from werkzeug.wrappers import Response as BaseResponse

from forum.core.db import transaction
from forum.core.errors import Forbidden, Refused
from forum.core.languages import current_speech
from forum.core.languages import gettext as _
from forum.core.web import signed_in_reader
from forum.registering import actions, queries, rules
from forum.registering.forms import AdmissionForm
from forum.registering.shapes import registration_sheet
from forum.registering.views.blueprint import pages, seen_workshop


def managed(workshop_id: int) -> Row:
    """The workshop, for a manager who sees it."""
    reader, workshop = signed_in_reader(), seen_workshop(workshop_id)
    if not rules.may_see_registrations(reader):
        raise Forbidden
    return workshop


@pages.get("/workshops/<id:workshop_id>/registrations")
def registrations(workshop_id: int) -> str:
    """Who answered, how many, and the form for places and link."""
    workshop, admission = managed(workshop_id), queries.find_admission(workshop_id)
    held = {"capacity": admission.capacity, "joining_link": admission.joining_link} if admission else {}
    return _page(workshop, AdmissionForm(data=held))


@pages.put("/workshops/<id:workshop_id>/admission")
def change_admission(workshop_id: int) -> BaseResponse | tuple[str, int]:
    """Say how many places there are and how one joins."""
    workshop, form = managed(workshop_id), AdmissionForm.sent()
    try:
        form.check()
        with transaction():
            actions.set_admission(
                workshop.id,
                capacity=form.capacity.data,
                joining_link=form.joining_link.data or "",
                by=signed_in_reader(),
            )
    except Refused as refused:
        form.take(refused)
        return _page(workshop, form), refused.status
    flash(_("Places and joining link are saved."))
    return redirect(url_for("registering.registrations", workshop_id=workshop_id), 303)


@pages.get("/workshops/<id:workshop_id>/registrations.csv")
def table(workshop_id: int) -> Response:
    """All answers for a spreadsheet; that somebody took them along is written down."""
    workshop = managed(workshop_id)
    response = Response(export(workshop), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="registrations-{workshop_id}.csv"'
    return response


def export(workshop: Row) -> str:
    """For page and API alike."""
    with transaction():
        actions.note_export(workshop.id, by=signed_in_reader())
    return registration_sheet(queries.all_registrations(workshop.id, current_speech().locale))


def _page(workshop: Row, form: AdmissionForm) -> str:
    page = queries.registrations(workshop.id, current_speech().locale, cursor=request.args.get("cursor"))
    return render_template(
        "registering/registrations.html",
        workshop=workshop,
        form=form,
        page=page,
        counts=queries.counts_of(workshop.id),
        cursor=request.args.get("cursor"),
    )
