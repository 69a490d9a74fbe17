"""JSON: a member's data."""

from flask import Blueprint, Response, jsonify

from forum.accounts import queries
from forum.accounts.forms import OwnPasswordForm
from forum.accounts.shapes import ExportShape, export_shape
from forum.accounts.views.exporting import keep_asking, send_export
from forum.core.api import AllOf, all_of, json_body
from forum.core.openapi import gives
from forum.core.web import signed_in_reader

pages = Blueprint("accounts_api", __name__, url_prefix="/api/v1")


@pages.get("/exports")
@gives(AllOf[ExportShape], guests=False)
def exports() -> Response:
    """The copy that was asked for last."""
    last = queries.find_last_export(signed_in_reader().member_id)
    return all_of([export_shape(last)] if last else [])


@pages.post("/exports")
@gives(ExportShape, 202, takes=OwnPasswordForm, refuses={409: None})
def ask_export() -> Response:
    """Have a copy of everything made. A letter brings the link."""
    signed_in_reader()
    response = jsonify(export_shape(keep_asking(OwnPasswordForm.of_json(json_body()))))
    response.status_code = 202
    return response


@pages.post("/exports/<token>")
@gives("application/zip", refuses={410: None})
def fetch_export(token: str) -> Response:
    """The copy, as a zip of JSON files; the link is used up."""
    return send_export(token)
