"""JSON: sessions, one's own account, letters."""

from flask import Response, jsonify, request
from werkzeug.wrappers import Response as BaseResponse

from forum.core.api import AllOf, PageOf, all_of, json_body, list_of
from forum.core.db import transaction
from forum.core.openapi import gives
from forum.core.web import signed_in_reader
from forum.members import actions, queries
from forum.members.actions import resetting, tokens
from forum.members.api.blueprint import pages
from forum.members.forms import (
    AddressForm,
    EmailForm,
    NewPasswordForm,
    PasswordForm,
    PhotoForm,
    SettingsForm,
)
from forum.members.queries import letters as letter_queries
from forum.members.rules import may_read_words
from forum.members.shapes import (
    LetterRowShape,
    LetterSentShape,
    LetterShape,
    PhotoShape,
    SessionShape,
    SettingsShape,
    letter_shape,
    photo_of,
    session_shape,
)
from forum.members.shapes.devices import DeviceShape, device_shape
from forum.members.views.devices import browser_of, system_of
from forum.members.views.keys import switch_shortcuts
from forum.members.views.letters import keeper_of_letters
from forum.members.views.photo import keep_photo, take_photo
from forum.members.views.resetting import send_letter
from forum.members.views.securing import keep_password, send_email_link
from forum.members.views.settings import settings_of
from forum.members.views.signing import close_session, take_cookie


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


@pages.post("/account/photo")
@gives(PhotoShape, 201, takes=PhotoForm)
def change_photo() -> tuple[Response, int]:
    """Show this picture beside one's name, as a square; the one before is gone."""
    return jsonify({"photo": photo_of(keep_photo())}), 201


@pages.delete("/account/photo")
@gives(None)
def remove_photo() -> Response:
    """Show the initials again."""
    take_photo()
    return Response(status=204)


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


@pages.post("/links/<token>/renewal")
@gives(LetterSentShape, 202, guests=True, refuses={410: None})
def renew_link(token: str) -> Response:
    """Have a new letter sent where a link that is too old was sent, if it was a way back from a change."""
    with transaction():
        tokens.renew_link(token)
    response = jsonify({"state": "letter on its way"})
    response.status_code = 202
    return response


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
    page = letter_queries.letters(cursor=request.args.get("cursor"))
    return list_of(page, lambda row: letter_shape(row, is_open=may_read_words(reader, row)))


@pages.get("/letters/<id:letter_id>")
@gives(LetterShape, guests=False)
def letter(letter_id: int) -> Response:
    """One letter with its words, without the secret of its link; for managers."""
    reader = keeper_of_letters()
    found = letter_queries.get_letter(letter_id)
    with transaction():
        actions.note_letters_read(by=reader, letter=found)
    is_open = may_read_words(reader, found)
    parts = letter_queries.parts_of(found, shows_links=False) if is_open else []
    return jsonify(letter_shape(found, is_open=is_open) | {"words": "".join(part for part, _is_link in parts)})


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
