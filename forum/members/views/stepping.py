"""The second page of signing in, and signing in with a passkey alone."""

from flask import flash, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from forum.core import web
from forum.core.db import transaction
from forum.core.errors import Refused
from forum.core.languages import gettext as _
from forum.core.web import current_reader
from forum.members import passkeys, queries
from forum.members.actions import stepping
from forum.members.actions.stepping import HalfOver, WrongStep
from forum.members.forms import SignInForm
from forum.members.forms.stepping import PasskeySignInForm, StepForm
from forum.members.models import HalfSignIn, Member
from forum.members.queries import second_step as steps
from forum.members.views.blueprint import pages
from forum.members.views.signing import (
    give_cookie,
    give_half,
    half_cookie,
    open_by_passkey,
    open_session,
    sign_in_form,
    take_half,
)

Page = BaseResponse | tuple[str, int, dict[str, str]]


@pages.get("/sign-in/step")
def step_page() -> BaseResponse:
    """Where the code goes, for a browser that has shown the right password just now."""
    half = _half()
    if half is None or half.member_id is None or current_reader().is_authenticated:
        return redirect(url_for("members.sign_in_page"))
    return web.never_kept(_step_page(StepForm(), half.member_id))


@pages.post("/sign-in/step")
def take_step() -> Page:
    """Check it and open the session."""
    form, half = StepForm.sent(), _half()
    if half is None or half.member_id is None:
        return _over()
    member = queries.get_member(half.member_id)
    try:
        form.check()
        token = open_session(member, shown=form.shown(), half=half, stays=half.stays)
    except HalfOver:
        return _over()
    except Refused as refused:
        form.take(refused)
        return _step_page(form, member.id, refused), refused.status, refused.headers
    return _inside(member, token, half.target, stays=half.stays)


@pages.post("/sign-in/step/options")
def step_options() -> BaseResponse:
    """What the browser is to ask a passkey of the member who is half inside."""
    half = _half()
    if half is None or half.member_id is None:
        raise HalfOver
    with transaction():
        challenge = stepping.ask_half(half)
    return jsonify(passkeys.wanted(challenge, known=steps.passkeys_of(half.member_id)))


@pages.post("/sign-in/passkey/options")
def passkey_options() -> BaseResponse:
    """What the browser is to ask a passkey that stands for the password too; a cookie binds the answer to it."""
    with transaction():
        token = stepping.begin_half(None)
    half = steps.find_half(token)
    return give_half(jsonify(passkeys.wanted(half.challenge if half and half.challenge else b"")), token)


@pages.post("/sign-in/passkey")
def sign_in_with_passkey() -> Page:
    """Check the answer and open the session."""
    form, half = PasskeySignInForm.sent(), _half()
    target = web.safe_next(form.next.data)
    try:
        form.check()
        if half is None or half.member_id is not None:
            raise HalfOver
        if not form.passkey.data:
            raise WrongStep(passkeys_need_script())
        member, token = open_by_passkey(form.passkey.data, half, stays=form.stay.data)
    except Refused as refused:
        again = SignInForm(data={"next": target or "", "stay": form.stay.data})
        return sign_in_form(again, refused), refused.status, refused.headers
    return _inside(member, token, target, stays=form.stay.data)


def passkeys_need_script() -> str:
    """For browsers that send the form without a passkey."""
    return _("A passkey needs JavaScript, and a browser that knows passkeys.")


def _half() -> HalfSignIn | None:
    return steps.find_half(request.cookies.get(half_cookie()))


def _step_page(form: StepForm, member_id: int, refused: Refused | None = None) -> str:
    return render_template(
        "members/step.html",
        form=form,
        refused=refused,
        steps=steps.steps_of(member_id),
        place=passkeys.place(request.host),
    )


def _over() -> BaseResponse:
    flash(HalfOver().message)
    return take_half(redirect(url_for("members.sign_in_page"), 303))


def _inside(member: Member, token: str, target: str | None, *, stays: bool) -> BaseResponse:
    answer = redirect(target or url_for("home.show", language=member.language), 303)
    return take_half(give_cookie(answer, token, stays=stays))
