"""JSON of municipalities; for managers adding, changing, merging."""

from typing import Any

from flask import Blueprint, Response, jsonify, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from forum.core.api import PageOf, json_body, list_of
from forum.core.db import transaction
from forum.core.openapi import gives
from forum.municipalities import actions, queries
from forum.municipalities.forms import MergeForm, MunicipalityFilter, MunicipalityForm
from forum.municipalities.shapes import MunicipalityRowShape, MunicipalityShape, municipality_shape, row_shape
from forum.municipalities.views.blueprint import keeper
from forum.municipalities.views.keeping import merge_both
from forum.municipalities.views.showing import asked_page

pages = Blueprint("municipalities_api", __name__, url_prefix="/api/v1")


@pages.get("/municipalities")
@gives(PageOf[MunicipalityRowShape], query=MunicipalityFilter)
def municipalities() -> Response:
    """The directory by name in the reader's language."""
    return list_of(asked_page(MunicipalityFilter(request.args)), row_shape)


@pages.get("/municipalities/<id:municipality_id>")
@gives(MunicipalityShape)
def municipality(municipality_id: int) -> Response | BaseResponse:
    """One municipality; one that was merged leads to the other."""
    found = queries.find_row(municipality_id)
    if found is not None and found.merged_into_id is not None:
        return redirect(url_for("municipalities_api.municipality", municipality_id=found.merged_into_id), 301)
    return jsonify(_shape(municipality_id))


def _shape(municipality_id: int) -> dict[str, Any]:
    found = queries.get_municipality(municipality_id)
    return municipality_shape(found, queries.words_of(found.id))


@pages.post("/municipalities")
@gives(MunicipalityShape, 201, takes=MunicipalityForm)
def add() -> tuple[Response, int]:
    """Add a municipality; for managers."""
    reader, form = keeper(), MunicipalityForm.of_json(json_body())
    form.check()
    with transaction():
        made = actions.add_said(form.asked(), by=reader)
    return jsonify(_shape(made.id)), 201


@pages.patch("/municipalities/<id:municipality_id>")
@gives(MunicipalityShape, takes=MunicipalityForm)
def change(municipality_id: int) -> Response:
    """Change a municipality; what is left out stays. For managers."""
    reader = keeper()
    found = queries.get_municipality(municipality_id)
    held = MunicipalityForm.shown(found, queries.words_of(found.id))
    form = MunicipalityForm.of_json(held | json_body())
    form.check()
    with transaction():
        actions.change_municipality(queries.get_municipality(municipality_id), form.asked(), by=reader)
    return jsonify(_shape(municipality_id))


@pages.put("/municipalities/<id:municipality_id>/merger")
@gives(MunicipalityShape, takes=MergeForm)
def merge(municipality_id: int) -> Response:
    """Merge a municipality into another one; answers the one that stays. This cannot be undone. For
    managers."""
    reader = keeper()
    queries.get_municipality(municipality_id)
    form = MergeForm.of_json(json_body())
    form.check()
    return jsonify(_shape(merge_both(municipality_id, form.into_id, reader)))
