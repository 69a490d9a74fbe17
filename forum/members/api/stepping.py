"""JSON: signing in, and the second step of it."""

from flask import Response, jsonify
from werkzeug.wrappers import Response as BaseResponse

from forum.core.api import json_body
from forum.core.db import transaction
from forum.core.errors import Forbidden
from forum.core.openapi import gives
from forum.core.web import signed_in_reader
from forum.members import codes, queries, rules
from forum.members.actions import second_step as changing
from forum.members.api.blueprint import pages
from forum.members.forms.stepping import ApiSignInForm, AppForm, ConfirmForm, PasskeyForm, ResetStepForm
from forum.members.models import Member, SignInSession
from forum.members.queries import second_step as steps
from forum.members.queries.staff import is_staff
from forum.members.shapes import SignedInShape, SuspendedShape, member_shape
from forum.members.shapes.stepping import (
    NewAppShape,
    PasskeyShape,
    RecoveryCodesShape,
    SecondStepErrorShape,
    SecondStepShape,
    passkey_shape,
    second_step_shape,
)
from forum.members.views.confirming import here, keep_confirmation, with_token
from forum.members.views.signing import give_cookie, known_member, open_session


@pages.post("/sessions")
@gives(SignedInShape, 201, takes=ApiSignInForm, guests=True, refuses={401: SecondStepErrorShape, 403: SuspendedShape})
def sign_in() -> BaseResponse:
    """Sign in; the answer sets the session's cookie, for a day or, with `"stay": true`, for two months. Where a second
    step is asked for, the right password alone is answered 401 `second_step`; the same again with `code` (from the app)
    or `recovery_code` signs in. Passkeys need a browser and its pages."""
    form = ApiSignInForm.of_json(json_body())
    form.check()
    stays = form.stay.data
    member = known_member(form.email.data, form.password.data)
    shown = form.shown() if member.has_second_step else None
    token = open_session(member, shown=shown, stays=stays)
    response = jsonify({"member": member_shape(member)})
    response.status_code = 201
    return give_cookie(response, token, stays=stays)


@pages.put("/sessions/current/confirmation")
@gives(None, takes=ConfirmForm, refuses={401: None})
def confirm() -> BaseResponse:
    """Show again who one is: `current` (the password) or `code`; the second step may be changed for ten minutes."""
    return with_token(Response(status=204), keep_confirmation(ConfirmForm.of_json(json_body())))


@pages.get("/account/second-step")
@gives(SecondStepShape, guests=False)
def second_step() -> Response:
    """What is set up."""
    reader = signed_in_reader()
    return jsonify(second_step_shape(steps.steps_of(reader.member_id), must=rules.must_have_second_step(reader)))


@pages.post("/account/second-step/app")
@gives(NewAppShape, 201, refuses={428: None})
def begin_app() -> Response:
    """A secret for an app: `key`, and `address` as the picture on the page says it. It counts after its first code."""
    member = _confirmed()[0]
    with transaction():
        kept = changing.begin_app(member)
    salt = kept.new_salt or b""
    response = jsonify({"key": codes.key_of(salt), "address": codes.address_of(salt, email=member.email)})
    response.status_code = 201
    return response


@pages.put("/account/second-step/app")
@gives(RecoveryCodesShape, takes=AppForm, refuses={428: None})
def confirm_app() -> BaseResponse:
    """The app's first `code`. Answers the `recovery_codes` if these are the first, this once; the cookie may be new."""
    member, session = _confirmed()
    form = AppForm.of_json(json_body())
    form.check()
    with transaction():
        changed = changing.confirm_app(member, session, form.code.data)
    return with_token(jsonify({"recovery_codes": changed.recovery_codes}), changed.token)


@pages.delete("/account/second-step/app")
@gives(None, refuses={428: None})
def remove_app() -> Response:
    """The app's codes open nothing any more."""
    member = _confirmed()[0]
    with transaction():
        changing.remove_app(member, by=signed_in_reader())
    return Response(status=204)


@pages.post("/account/second-step/recovery-codes")
@gives(RecoveryCodesShape, 201, refuses={428: None})
def renew_recovery_codes() -> Response:
    """Ten new `recovery_codes`, said this once; the old ones open nothing any more."""
    member = _confirmed()[0]
    with transaction():
        made = changing.renew_recovery_codes(member)
    response = jsonify({"recovery_codes": made})
    response.status_code = 201
    return response


@pages.patch("/account/second-step/passkeys/<id:passkey_id>")
@gives(PasskeyShape, takes=PasskeyForm, refuses={428: None})
def rename_passkey(passkey_id: int) -> Response:
    """Another `name`. Passkeys are made on the page: that needs a browser."""
    member = _confirmed()[0]
    passkey = steps.get_passkey(passkey_id, member_id=member.id)
    form = PasskeyForm.of_json(json_body())
    form.check()
    with transaction():
        changing.rename_passkey(passkey, name=form.name.data)
    return jsonify(passkey_shape(passkey))


@pages.delete("/account/second-step/passkeys/<id:passkey_id>")
@gives(None, refuses={428: None})
def remove_passkey(passkey_id: int) -> Response:
    """It opens nothing any more."""
    member = _confirmed()[0]
    passkey = steps.get_passkey(passkey_id, member_id=member.id)
    with transaction():
        changing.remove_passkey(member, passkey, by=signed_in_reader())
    return Response(status=204)


@pages.delete("/account/second-step")
@gives(None, refuses={428: None})
def switch_off() -> Response:
    """The password is enough again; not for staff, where the site asks a second step of them."""
    member = _confirmed()[0]
    with transaction():
        changing.switch_off(member, by=signed_in_reader())
    return Response(status=204)


@pages.delete("/members/<id:member_id>/second-step")
@gives(None, takes=ResetStepForm)
def reset_second_step(member_id: int) -> Response:
    """For admins: a member has lost theirs; `why` is kept and told."""
    reader, known = signed_in_reader(), queries.get_member(member_id)
    if not rules.may_reset_second_step(reader, known, is_staff=is_staff(member_id)):
        raise Forbidden
    form = ResetStepForm.of_json(json_body())
    form.check()
    with transaction():
        changing.reset_second_step(known, by=reader, why=form.why.data)
    return Response(status=204)


def _confirmed() -> tuple[Member, SignInSession]:
    """The member and the session, if they have shown just now who they are; raises ConfirmNeeded."""
    member, session = here()
    changing.check_confirmed(session)
    return member, session
