"""JSON: sessions, members."""

from flask import Blueprint, Response, jsonify, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from forum.core.api import PageOf, json_body, list_of
from forum.core.errors import NotFound
from forum.core.languages import current_speech
from forum.core.openapi import gives
from forum.core.web import current_reader, signed_in_reader
from forum.members import queries
from forum.members.forms import EmailForm, MemberFilter, PasswordForm, SignInForm
from forum.members.forms.profile import profile_in
from forum.members.models import Member
from forum.members.queries import profiles
from forum.members.shapes import (
    LetterSentShape,
    MemberShape,
    ProfileChangeShape,
    ProfileShape,
    SessionShape,
    SignedInShape,
    member_shape,
    profile_shape,
    session_shape,
)
from forum.members.views.directory import asked_page
from forum.members.views.profile import keep_profile
from forum.members.views.securing import keep_password, send_email_link
from forum.members.views.signing import close_session, give_cookie, open_session, take_cookie
from forum.topics.queries.interests import interests_of

pages = Blueprint("members_api", __name__, url_prefix="/api/v1")


@pages.post("/sessions")
@gives(SignedInShape, 201, takes=SignInForm, guests=True, refuses={401: None})
def sign_in() -> BaseResponse:
    """Sign in; the answer sets the session's cookie, for a day or, with `"stay": true`, for two months."""
    form = SignInForm.of_json(json_body())
    form.check()
    stays = form.stay.data
    member, token = open_session(form.email.data, form.password.data, stays=stays)
    response = jsonify({"member": member_shape(member)})
    response.status_code = 201
    return give_cookie(response, token, stays=stays)


@pages.get("/sessions/current")
@gives(SessionShape, guests=False)
def session() -> Response:
    """Who is signed in here."""
    return jsonify(session_shape(signed_in_reader()))


@pages.delete("/sessions/current")
@gives(None, guests=True)
def sign_out() -> BaseResponse:
    """Sign this device out."""
    close_session()
    return take_cookie(Response(status=204))


@pages.put("/account/password")
@gives(None, takes=PasswordForm)
def change_password() -> Response:
    """Another password. All other devices are signed out."""
    member = queries.get_member(signed_in_reader().member_id)
    keep_password(PasswordForm.of_json(json_body()), member)
    return Response(status=204)


@pages.put("/account/email")
@gives(LetterSentShape, 202, takes=EmailForm)
def change_email() -> Response:
    """Another address, confirmed by a letter to it. The same answer for every address."""
    member = queries.get_member(signed_in_reader().member_id)
    send_email_link(EmailForm.of_json(json_body()), member)
    response = jsonify({"state": "letter on its way"})
    response.status_code = 202
    return response


@pages.get("/members")
@gives(PageOf[MemberShape], query=MemberFilter)
def members() -> Response:
    """The directory by name; a name is found in either script and spelling."""
    return list_of(asked_page(MemberFilter(request.args)), member_shape)


@pages.get("/members/<id:member_id>")
@gives(ProfileShape)
def member(member_id: int) -> BaseResponse:
    """One member, as far as the reader may know them."""
    try:
        return _profile(queries.get_member(member_id))
    except NotFound:
        return redirect(url_for("members_api.member", member_id=queries.get_merged_into(member_id)), 301)


@pages.get("/account/profile")
@gives(ProfileShape, guests=False)
def profile() -> Response:
    """The member's own profile, with the contacts that nobody else sees."""
    return _profile(queries.get_member(signed_in_reader().member_id))


@pages.patch("/account/profile")
@gives(ProfileShape, takes=ProfileChangeShape)
def change_profile() -> Response:
    """Change one's own profile; what is not named stays."""
    signed_in_reader()
    said, themes = profile_in(json_body())
    keep_profile(said, themes=themes)
    return profile()


def _profile(known: Member) -> Response:
    return jsonify(
        profile_shape(
            known,
            roles=queries.roles_of(known.id),
            reads=queries.reading_languages(known.id),
            lines=profiles.lines_of(known.id),
            contacts=profiles.contacts_of(known.id, reader=current_reader()),
            themes=[(theme.id, theme.name) for theme in interests_of(known.id, current_speech().locale)],
        )
    )
