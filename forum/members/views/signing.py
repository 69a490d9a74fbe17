"""Signing in and out."""

from flask import Response, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from forum.core import web
from forum.core.db import transaction
from forum.core.errors import Refused
from forum.core.languages import gettext as _
from forum.core.web import current_reader
from forum.members import actions, passwords, queries
from forum.members.forms import SignInForm
from forum.members.models import Member
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
    return _page(SignInForm(data={"next": target or ""}))


@pages.post("/sign-in")
def sign_in() -> BaseResponse | tuple[str, int, dict[str, str]]:
    """Check the password and open a session."""
    form = SignInForm.sent()
    try:
        form.check()
        member, token = open_session(form.email.data, form.password.data, stays=form.stay.data)
    except Refused as refused:
        form.take(refused)
        return _page(form, refused), refused.status, refused.headers
    target = web.safe_next(form.next.data) or url_for("home.show", language=member.language)
    return give_cookie(redirect(target, 303), token, stays=form.stay.data)


def _page(form: SignInForm, refused: Refused | None = None) -> str:
    demo = current_app.config["SETTINGS"].demo
    return render_template(
        "members/sign_in.html",
        form=form,
        refused=refused,
        accounts=queries.demonstration_accounts() if demo else [],
        password=passwords.DEMONSTRATION,
    )


def open_session(email: str, password: str, *, stays: bool) -> tuple[Member, str]:
    """Sign somebody in, for page and API alike; raises WrongPassword or TooMany. An older session of this browser
    ends: nothing that was known before the sign-in is good for anything after it."""
    address = request.remote_addr or ""
    actions.check_guessing(email, address)
    member = actions.find_who_signs_in(email, password)
    if member is None:
        with transaction():
            actions.note_wrong_password(email, address)
        raise WrongPassword
    close_session()
    with transaction():
        agent = request.headers.get("User-Agent", "")
        token = actions.sign_in(member, password=password, address=address, agent=agent, stays=stays)
    return member, token


def give_cookie(response: BaseResponse, token: str, *, stays: bool) -> BaseResponse:
    """Put the session's token into its cookie, which goes with the browser's window unless the device stays."""
    response.set_cookie(
        current_app.config["SIGN_IN_COOKIE"],
        token,
        max_age=int(actions.ABSOLUTE.total_seconds()) if stays else None,
        path="/",
        secure=current_app.config["SETTINGS"].tls,
        httponly=True,
        samesite="Lax",
    )
    return response


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
    response.delete_cookie(
        current_app.config["SIGN_IN_COOKIE"],
        path="/",
        secure=current_app.config["SETTINGS"].tls,
        httponly=True,
        samesite="Lax",
    )
    return response


@pages.after_app_request
def touch(response: Response) -> Response:
    """Note the device's last visit, now and then."""
    reader = current_reader()
    if reader.session_id is not None and actions.is_stale(reader):
        with transaction():
            actions.touch_session(reader.session_id)
    return response
