"""JSON: a member's data, and an end to it."""

from flask import Blueprint, Response, jsonify
from werkzeug.wrappers import Response as BaseResponse

from forum.accounts import queries
from forum.accounts.forms import MergeForm, OwnPasswordForm, ReasonForm
from forum.accounts.models import Erasure
from forum.accounts.shapes import ErasureShape, ExportShape, MergedShape, erasure_shape, export_shape
from forum.accounts.views.erasing import end_waiting, find_member, keep_asking_for, keep_asking_for_own
from forum.accounts.views.exporting import keep_asking, send_export
from forum.accounts.views.merging import keep_merging
from forum.core.api import AllOf, all_of, json_body
from forum.core.openapi import gives
from forum.core.web import signed_in_reader

pages = Blueprint("accounts_api", __name__, url_prefix="/api/v1")


@pages.get("/exports")
@gives(AllOf[ExportShape], guests=False)
def exports() -> Response:
    """The copy of one's data that was asked for last."""
    last = queries.find_last_export(signed_in_reader().member_id)
    return all_of([export_shape(last)] if last else [])


@pages.post("/exports")
@gives(ExportShape, 202, takes=OwnPasswordForm, refuses={409: None})
def ask_export() -> Response:
    """Have a copy of all one's data made. A letter brings the link."""
    signed_in_reader()
    response = jsonify(export_shape(keep_asking(OwnPasswordForm.of_json(json_body()))))
    response.status_code = 202
    return response


@pages.post("/exports/<token>")
@gives("application/zip", refuses={410: None})
def fetch_export(token: str) -> Response:
    """Fetch the copy, as a zip of JSON files; the link is used up."""
    return send_export(token)


@pages.get("/erasure")
@gives(AllOf[ErasureShape], guests=False)
def erasure() -> Response:
    """The erasure that the member waits for, if any."""
    waiting = queries.find_waiting_erasure(signed_in_reader().member_id)
    return all_of([erasure_shape(waiting)] if waiting else [])


@pages.put("/erasure")
@gives(ErasureShape, 202, takes=OwnPasswordForm, refuses={409: None})
def ask_erasure() -> Response:
    """Have oneself erased a week from now. A letter has the way back."""
    signed_in_reader()
    return _asked(keep_asking_for_own(OwnPasswordForm.of_json(json_body())))


@pages.delete("/erasure")
@gives(None)
def withdraw_erasure() -> BaseResponse:
    """Withdraw one's own erasure; twice does no harm."""
    end_waiting(signed_in_reader().member_id)
    return Response(status=204)


@pages.put("/members/<id:member_id>/erasure")
@gives(ErasureShape, 202, takes=ReasonForm, refuses={409: None})
def ask_erasure_of(member_id: int) -> Response:
    """Have a member erased who asked for it; for managers."""
    member = find_member(member_id)
    return _asked(keep_asking_for(member, ReasonForm.of_json(json_body())))


@pages.delete("/members/<id:member_id>/erasure")
@gives(None)
def withdraw_erasure_of(member_id: int) -> BaseResponse:
    """Withdraw the erasure of a member; twice does no harm. For managers."""
    end_waiting(find_member(member_id).id)
    return Response(status=204)


@pages.post("/members/<id:member_id>/merging")
@gives(MergedShape, takes=MergeForm, refuses={409: None})
def merge(member_id: int) -> Response:
    """Merge two accounts: `other` becomes part of this one, or this one of it where its id is in `stays`. This
    cannot be undone. For managers."""
    find_member(member_id)
    merged: MergedShape = {"member": keep_merging(member_id, MergeForm.of_json(json_body()))}
    return jsonify(merged)


def _asked(erasure: Erasure) -> Response:
    response = jsonify(erasure_shape(erasure))
    response.status_code = 202
    return response
