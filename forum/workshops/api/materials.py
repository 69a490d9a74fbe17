"""Materials: for managers. Each answer is the whole workshop."""

from flask import Response

from forum.core.openapi import gives
from forum.core.reader import Reader
from forum.workshops import actions
from forum.workshops.api.blueprint import pages
from forum.workshops.api.keeping import changed, form_of
from forum.workshops.forms import MaterialJson
from forum.workshops.models import Workshop
from forum.workshops.shapes import WorkshopShape
from forum.workshops.views.once import once


@pages.post("/workshops/<id:workshop_id>/materials")
@gives(WorkshopShape, 201, takes=MaterialJson, refuses={409: None})
def add_material(workshop_id: int) -> tuple[Response, int]:
    """Put a link, or an upload of one's own (`file`, its id), among its materials."""
    form = form_of(workshop_id, MaterialJson)

    def act(one: Workshop, by: Reader) -> None:
        given = form.given() | {"file_id": form.file.data}
        once(form, f"material of {one.id}", by=by, make=lambda: actions.add_material(one, **given, by=by))

    return changed(workshop_id, act), 201


@pages.delete("/workshops/<id:workshop_id>/materials/<id:material_id>")
@gives(WorkshopShape)
def remove_material(workshop_id: int, material_id: int) -> Response:
    """Take one away."""
    return changed(workshop_id, lambda one, by: actions.remove_material(one, material_id, by=by))
