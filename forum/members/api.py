"""JSON: sessions."""

from flask import Blueprint, Response, jsonify
from werkzeug.wrappers import Response as BaseResponse

from forum.core.api import json_body
from forum.members import views
from forum.members.forms import SignInForm
from forum.members.shapes import member_shape

pages = Blueprint("members_api", __name__, url_prefix="/api/v1")


@pages.post("/sessions")
def sign_in() -> BaseResponse:
    """Sign in; the answer sets the session's cookie."""
    form = SignInForm.of_json(json_body())
    form.check()
    member, token = views.open_session(form.email.data, form.password.data)
    response = jsonify({"member": member_shape(member)})
    response.status_code = 201
    return views.give_cookie(response, token)


@pages.delete("/sessions/current")
def sign_out() -> BaseResponse:
    """Sign this device out."""
    views.close_session()
    return views.take_cookie(Response(status=204))
