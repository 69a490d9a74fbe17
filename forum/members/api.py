"""JSON: sessions, members."""

from flask import Blueprint, Response, jsonify, request
from werkzeug.wrappers import Response as BaseResponse

from forum.core.api import json_body, list_of
from forum.core.web import signed_in_reader
from forum.members import queries
from forum.members.forms import MemberFilter, SignInForm
from forum.members.shapes import member_shape, profile_shape, session_shape
from forum.members.views.directory import asked_page
from forum.members.views.signing import close_session, give_cookie, open_session, take_cookie

pages = Blueprint("members_api", __name__, url_prefix="/api/v1")


@pages.post("/sessions")
def sign_in() -> BaseResponse:
    """Sign in; the answer sets the session's cookie."""
    form = SignInForm.of_json(json_body())
    form.check()
    member, token = open_session(form.email.data, form.password.data)
    response = jsonify({"member": member_shape(member)})
    response.status_code = 201
    return give_cookie(response, token)


@pages.get("/sessions/current")
def session() -> Response:
    """Who is signed in here."""
    return jsonify(session_shape(signed_in_reader()))


@pages.delete("/sessions/current")
def sign_out() -> BaseResponse:
    """Sign this device out."""
    close_session()
    return take_cookie(Response(status=204))


@pages.get("/members")
def members() -> Response:
    """The directory by name; `?name=` in either script, `?country=`, `?reads=`, `?cursor=`."""
    return list_of(asked_page(MemberFilter(request.args)), member_shape)


@pages.get("/members/<id:member_id>")
def member(member_id: int) -> Response:
    """One member."""
    known = queries.get_member(member_id)
    roles, reads = queries.roles_of(member_id), queries.reading_languages(member_id)
    return jsonify(profile_shape(known, roles=roles, reads=reads))
