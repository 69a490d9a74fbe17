"""A new password through a letter: asking for it, and choosing it."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from forum.core import web
from forum.core.db import transaction
from forum.core.errors import Invalid, Refused
from forum.core.languages import gettext as _
from forum.members.actions import resetting, tokens
from forum.members.forms import AddressForm, NewPasswordForm
from forum.members.queries.tokens import get_token
from forum.members.views.blueprint import pages


@pages.get("/reset")
def ask_reset() -> str:
    """The form; `?sent=1` after it was sent, the same for every address."""
    return render_template("members/reset.html", form=AddressForm(), sent="sent" in request.args)


@pages.post("/reset")
def send_reset() -> BaseResponse | tuple[str, int, dict[str, str]]:
    """Have the letter written."""
    form = AddressForm.sent()
    try:
        send_letter(form)
    except Refused as refused:
        form.take(refused)
        page = render_template("members/reset.html", form=form, refused=refused, sent=False)
        return page, refused.status, refused.headers
    return redirect(url_for("members.ask_reset", sent=1), 303)


def send_letter(form: AddressForm) -> None:
    """Have the letter written, for page and API alike; programs that fill everything get none."""
    form.check()
    email, address = form.address(), request.remote_addr or ""
    if not form.is_from_program:
        resetting.check_asking(email, address)
        with transaction():
            resetting.ask_reset(email, address=address)


@pages.get("/reset/<token>")
def new_password(token: str) -> BaseResponse:
    """The form behind the link of a letter. Only looked at: programs that open every link use nothing up."""
    found = get_token(token, tokens.RESET, tokens.WELCOME)
    form = NewPasswordForm()
    return web.never_kept(
        render_template("members/new_password.html", form=form, email=found.email, token=token, refused=None)
    )


@pages.post("/reset/<token>")
def set_password(token: str) -> BaseResponse:
    """Keep the new password; signing in with it comes next."""
    form = NewPasswordForm.sent()
    try:
        form.check()
        with transaction():
            resetting.set_password(token, form.password.data)
    except Invalid as refused:
        form.take(refused)
        found = get_token(token, tokens.RESET, tokens.WELCOME)
        page = render_template("members/new_password.html", form=form, email=found.email, token=token, refused=refused)
        return web.never_kept(page, refused.status)
    flash(_("Your password is set. Sign in with it now."))
    return redirect(url_for("members.sign_in"), 303)
