"""The materials of a workshop as managers keep them."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from forum.core.db import transaction
from forum.core.errors import Refused
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.core.uploads import sent_file
from forum.core.web import signed_in_reader
from forum.files.actions import add_file
from forum.workshops import actions, queries
from forum.workshops.forms import MaterialForm
from forum.workshops.models import Material, Workshop
from forum.workshops.views.blueprint import pages
from forum.workshops.views.keeping import managed
from forum.workshops.views.once import once


@pages.get("/workshops/<id:workshop_id>/materials")
def materials(workshop_id: int) -> str:
    """What there is, and the form that adds to it."""
    return _page(managed(workshop_id), MaterialForm())


@pages.post("/workshops/<id:workshop_id>/materials")
def add_material(workshop_id: int) -> BaseResponse | tuple[str, int]:
    """One more: a link, or a file that is taken in with it."""
    workshop, reader, form = managed(workshop_id), signed_in_reader(), MaterialForm.sent()
    given = request.files.get("file")
    has_file = given is not None and bool((given.filename or "").strip())
    try:
        form.check()
        actions.check_material(**form.given(), has_file=has_file, by=reader)
        with transaction():
            once(
                form, f"material of {workshop.id}", by=reader, make=lambda: _added(form, workshop.id, has_file, reader)
            )
    except Refused as refused:
        form.take(refused)
        return _page(workshop, form, refused), refused.status
    flash(_("It stands among the materials."))
    return redirect(url_for("workshops.materials", workshop_id=workshop_id), 303)


def _added(form: MaterialForm, workshop_id: int, has_file: bool, by: Reader) -> Material:
    file_id = add_file(sent_file(), owner=by).id if has_file else None
    return actions.add_material(queries.get_row(workshop_id), **form.given(), file_id=file_id, by=by)


@pages.delete("/workshops/<id:workshop_id>/materials/<id:material_id>")
def remove_material(workshop_id: int, material_id: int) -> BaseResponse:
    """Take one away."""
    workshop = managed(workshop_id)
    with transaction():
        actions.remove_material(queries.get_row(workshop.id), material_id, by=signed_in_reader())
    flash(_("It is no longer among the materials."))
    return redirect(url_for("workshops.materials", workshop_id=workshop_id), 303)


def _page(workshop: Workshop, form: MaterialForm, refused: Refused | None = None) -> str:
    found = queries.materials_of(workshop.id)
    return render_template("workshops/materials.html", workshop=workshop, materials=found, form=form, refused=refused)
