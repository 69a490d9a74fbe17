"""Signing in and out."""

from typing import Any

from flask import Response, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from forum.core import web
from forum.core.db import transaction
from forum.core.errors import Refused
from forum.core.languages import gettext as _
from forum.core.web import current_reader
from forum.members import actions, passkeys, passwords, queries
from forum.members.actions import securing, stepping
from forum.members.actions.shutting_out import refuse_suspended
from forum.members.actions.stepping import SecondStepNeeded, Shown, WrongStep
from forum.members.forms import SignInForm
from forum.members.models import HalfSignIn, Member, MemberState, SignInWay
from forum.members.views.blueprint import pages


class WrongPassword(Refused):
    """The address or the password is wrong; which of them nobody is told."""

    status, code = 401, "wrong_password"

    def said(self) -> str:
        return _("The e-mail address or the password is not right.")


@pages.get("/sign-in")
def sign_in_page() -> str | BaseResponse:
    """The form."""
    target = web.safe_next(request.args.get("next"))
    if current_reader().is_authenticated:
        return redirect(target or url_for("home.show"))
    return sign_in_form(SignInForm(data={"next": target or ""}))


@pages.post("/sign-in")
def sign_in() -> BaseResponse | tuple[str, int, dict[str, str]]:
    """Check the password and open a session."""
    form = SignInForm.sent()
    try:
        form.check()
        member = known_member(form.email.data, form.password.data)
        token = open_session(member, stays=form.stay.data)
    except SecondStepNeeded:
        with transaction():
            half = stepping.begin_half(member, stays=form.stay.data, target=web.safe_next(form.next.data) or "")
        return give_half(redirect(url_for("members.step_page"), 303), half)
    except Refused as refused:
        form.take(refused)
        return sign_in_form(form, refused), refused.status, refused.headers
    target = web.safe_next(form.next.data) or url_for("home.show", language=member.language)
    return give_cookie(redirect(target, 303), token, stays=form.stay.data)


def sign_in_form(form: SignInForm, refused: Refused | None = None) -> str:
    """The page with the form."""
    demo = current_app.config["SETTINGS"].demo
    return render_template(
        "members/sign_in.html",
        form=form,
        refused=refused,
        accounts=queries.demonstration_accounts() if demo else [],
        password=passwords.DEMONSTRATION,
        place=passkeys.place(request.host),
    )


def known_member(email: str, password: str) -> Member:
    """Who comes with the right password, for page and API alike; raises WrongPassword or TooMany."""
    address = request.remote_addr or ""
    actions.check_guessing(email, address)
    member = actions.find_who_signs_in(email, password)
    if member is None:
        with transaction():
            actions.note_wrong_password(email, address)
        raise WrongPassword
    if passwords.is_outdated(member.password_hash):
        with transaction():
            securing.rehash(member, password)
    return member


def open_session(
    member: Member, *, shown: Shown | None = None, half: HalfSignIn | None = None, stays: bool = False
) -> str:
    """Sign somebody in, by the password alone or with what they `shown` besides; returns the token for the cookie.

    Raises SecondStepNeeded, WrongStep, HalfOver, TooMany. An older session of this browser ends: nothing that was known
    before the sign-in is good for anything after it.
    """
    way: SignInWay | WrongStep = SignInWay.PASSWORD
    with transaction():
        if shown:
            address = request.remote_addr or ""
            way = stepping.try_step(member, shown, challenge=half and half.challenge, address=address)
        if isinstance(way, SignInWay):
            if half:
                stepping.finish_half(half)
            token = _new_session(member, way, stays=stays)
    if isinstance(way, WrongStep):
        raise way
    close_session()
    return token


def open_by_passkey(answer: str, half: HalfSignIn, *, stays: bool) -> tuple[Member, str]:
    """Sign in whoever the passkey belongs to, without a password. Who is suspended hears so; the answer is used up."""
    with transaction():
        stepping.finish_half(half)
        member = stepping.take_passkey(answer, half.challenge)
        is_open = member.state == MemberState.ACTIVE
        token = _new_session(member, SignInWay.PASSKEY, stays=stays) if is_open else ""
    refuse_suspended(member)
    close_session()
    return member, token


def _new_session(member: Member, way: SignInWay, *, stays: bool) -> str:
    address, agent = request.remote_addr or "", request.headers.get("User-Agent", "")
    return actions.sign_in(member, way=way, address=address, agent=agent, stays=stays)


def give_cookie(response: BaseResponse, token: str, *, stays: bool) -> BaseResponse:
    """Put the session's token into its cookie, which goes with the browser's window unless the device stays."""
    life = int(actions.ABSOLUTE.total_seconds()) if stays else None
    response.set_cookie(current_app.config["SIGN_IN_COOKIE"], token, max_age=life, **_kept_from_others())
    return response


def give_half(response: BaseResponse, token: str) -> BaseResponse:
    """Put the token of a sign-in half done into a cookie of its own."""
    life = int(stepping.LIFE.total_seconds())
    response.set_cookie(half_cookie(), token, max_age=life, **_kept_from_others())
    return response


def take_half(response: BaseResponse) -> BaseResponse:
    """Remove that cookie."""
    response.delete_cookie(half_cookie(), **_kept_from_others())
    return response


def half_cookie() -> str:
    """Its name."""
    return "__Host-half" if current_app.config["SETTINGS"].tls else "half"


def _kept_from_others() -> dict[str, Any]:
    return {"path": "/", "secure": current_app.config["SETTINGS"].tls, "httponly": True, "samesite": "Lax"}


@pages.post("/sign-out")
def sign_out() -> BaseResponse:
    """End this device's session."""
    close_session()
    return take_cookie(redirect(url_for("home.show"), 303))


def close_session() -> None:
    """End the session of this request, if there is one."""
    reader = current_reader()
    if reader.id is not None and reader.session_id is not None:
        session = queries.get_session(reader.session_id, member_id=reader.id)
        with transaction():
            actions.sign_out(session)


def take_cookie(response: BaseResponse) -> BaseResponse:
    """Remove the session's cookie."""
    response.delete_cookie(current_app.config["SIGN_IN_COOKIE"], **_kept_from_others())
    return response


@pages.after_app_request
def touch(response: Response) -> Response:
    """Note the device's last visit, now and then."""
    reader = current_reader()
    if reader.session_id is not None and actions.is_stale(reader):
        with transaction():
            actions.touch_session(reader.session_id)
    return response
