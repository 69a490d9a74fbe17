"""JSON: sessions, members."""

from flask import Blueprint, Response, jsonify, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from forum.core.api import AllOf, PageOf, all_of, json_body, list_of
from forum.core.db import transaction
from forum.core.errors import NotFound
from forum.core.languages import current_speech
from forum.core.openapi import gives
from forum.core.web import current_reader, signed_in_reader
from forum.members import actions, queries
from forum.members.actions import resetting
from forum.members.forms import (
    AddressForm,
    EmailForm,
    MemberFilter,
    NewPasswordForm,
    OfficeForm,
    PasswordForm,
    SettingsForm,
    SignInForm,
)
from forum.members.forms.profile import profile_in
from forum.members.forms.writing import LetterForm
from forum.members.models import Member
from forum.members.queries import letters as letter_queries
from forum.members.queries import profiles
from forum.members.shapes import (
    DeviceShape,
    LetterRowShape,
    LetterSentShape,
    LetterShape,
    MemberShape,
    ProfileChangeShape,
    ProfileShape,
    SessionShape,
    SettingsShape,
    SignedInShape,
    device_shape,
    letter_shape,
    member_shape,
    profile_shape,
    session_shape,
)
from forum.members.views.devices import browser_of, system_of
from forum.members.views.directory import asked_page
from forum.members.views.keys import switch_shortcuts
from forum.members.views.letters import keeper_of_letters
from forum.members.views.office import goer, leave_for, move_to, mover
from forum.members.views.profile import keep_profile
from forum.members.views.resetting import send_letter
from forum.members.views.securing import keep_password, send_email_link
from forum.members.views.settings import settings_of
from forum.members.views.signing import close_session, give_cookie, open_session, take_cookie
from forum.members.views.writing import send
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


@pages.get("/account/settings")
@gives(SettingsShape, guests=False)
def settings() -> Response:
    """How one wants to be called and spoken to."""
    return jsonify(settings_of(queries.get_member(signed_in_reader().member_id)))


@pages.patch("/account/settings")
@gives(SettingsShape, takes=SettingsForm)
def change_settings() -> Response:
    """Change one's own settings; what is left out stays."""
    member = queries.get_member(signed_in_reader().member_id)
    form = SettingsForm.of_json(settings_of(member) | json_body())
    form.check()
    with transaction():
        actions.change_settings(member, **form.asked())
    return settings()


@pages.post("/reset")
@gives(LetterSentShape, 202, takes=AddressForm, guests=True)
def ask_reset() -> Response:
    """Ask for a new password by letter. The same answer for every address."""
    send_letter(AddressForm.of_json(json_body()))
    response = jsonify({"state": "letter on its way"})
    response.status_code = 202
    return response


@pages.post("/reset/<token>")
@gives(None, takes=NewPasswordForm, guests=True, refuses={410: None})
def set_password(token: str) -> Response:
    """Choose the new password, with the token of the letter's link; signing in comes next."""
    form = NewPasswordForm.of_json(json_body())
    form.check()
    with transaction():
        resetting.set_password(token, form.password.data)
    return Response(status=204)


@pages.get("/devices")
@gives(AllOf[DeviceShape], guests=False)
def devices() -> Response:
    """Where one is signed in, the latest first."""
    reader = signed_in_reader()
    return all_of(
        device_shape(one, browser=browser_of(one.agent), system=system_of(one.agent), here=one.id == reader.session_id)
        for one in queries.sessions_of(reader.member_id)
    )


@pages.delete("/devices")
@gives(None)
def sign_out_others() -> Response:
    """Sign all devices out but this one."""
    reader = signed_in_reader()
    with transaction():
        actions.end_sessions(reader.member_id, but=reader.session_id)
    return Response(status=204)


@pages.delete("/devices/<id:session_id>")
@gives(None)
def sign_out_device(session_id: int) -> Response:
    """Sign one device out; it may be this one."""
    session = queries.get_session(session_id, member_id=signed_in_reader().member_id)
    with transaction():
        actions.sign_out(session)
    return Response(status=204)


@pages.get("/letters")
@gives(PageOf[LetterRowShape], guests=False)
def letters() -> Response:
    """What the site sends, the newest first; for managers."""
    reader = keeper_of_letters()
    with transaction():
        actions.note_letters_read(by=reader)
    return list_of(letter_queries.letters(cursor=request.args.get("cursor")), letter_shape)


@pages.get("/letters/<id:letter_id>")
@gives(LetterShape, guests=False)
def letter(letter_id: int) -> Response:
    """One letter with its words, without the secret of its link; for managers."""
    reader = keeper_of_letters()
    found = letter_queries.get_letter(letter_id)
    with transaction():
        actions.note_letters_read(by=reader, letter=found)
    words = "".join(part for part, _is_link in letter_queries.parts_of(found, shows_links=False))
    return jsonify(letter_shape(found) | {"words": words})


@pages.put("/account/shortcuts")
@gives(None)
def switch_shortcuts_on() -> Response:
    """Keys do something by themselves."""
    switch_shortcuts(on=True)
    return Response(status=204)


@pages.delete("/account/shortcuts")
@gives(None)
def switch_shortcuts_off() -> Response:
    """They do not."""
    switch_shortcuts(on=False)
    return Response(status=204)


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


@pages.post("/members/<id:member_id>/letters")
@gives(LetterSentShape, 202, takes=LetterForm)
def send_letter(member_id: int) -> Response:
    """Write to a member by e-mail, through the forum; neither sees the other's address."""
    signed_in_reader()
    send(queries.get_member(member_id), LetterForm.of_json(json_body()))
    response = jsonify({"state": "letter on its way"})
    response.status_code = 202
    return response


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


@pages.put("/members/<id:member_id>/office")
@gives(MemberShape, takes=OfficeForm)
def move(member_id: int) -> Response:
    """They work elsewhere now, and what they wrote stays where it was. For managers."""
    member, reader = mover(member_id)
    move_to(member, reader, OfficeForm.of_json({"post_held": member.post_held} | json_body()))
    return jsonify(member_shape(queries.get_member(member_id)))


@pages.delete("/members/<id:member_id>/office")
@gives(None)
def leave(member_id: int) -> Response:
    """They hold no post any more, and stay a member."""
    _member, reader = goer(member_id)
    leave_for(member_id, reader)
    return Response(status=204)
