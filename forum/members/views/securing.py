"""A member's own account: another password, another e-mail address."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from forum.core import web
from forum.core.db import transaction
from forum.core.errors import Invalid, Refused
from forum.core.languages import gettext as _
from forum.core.web import signed_in_reader
from forum.members import actions, passwords, queries
from forum.members.actions import resetting, securing, tokens
from forum.members.forms import EmailForm, PasswordForm
from forum.members.models import Member
from forum.members.queries.tokens import get_token
from forum.members.views.blueprint import pages

Page = str | tuple[str, int, dict[str, str]]


@pages.get("/settings/password")
def password_page() -> str:
    """The form for another password."""
    member = queries.get_member(signed_in_reader().member_id)
    return render_template("members/password.html", form=PasswordForm(), email=member.email, refused=None)


@pages.post("/settings/password")
def change_password() -> BaseResponse | Page:
    """Keep it; this device stays signed in."""
    form, member = PasswordForm.sent(), queries.get_member(signed_in_reader().member_id)
    try:
        keep_password(form, member)
    except Refused as refused:
        form.take(refused)
        page = render_template("members/password.html", form=form, email=member.email, refused=refused)
        return page, refused.status, refused.headers
    flash(_("Your password is changed. Your other devices are signed out."))
    return redirect(url_for("members.settings"), 303)


def keep_password(form: PasswordForm, member: Member) -> None:
    """Change the password, for page and API alike."""
    form.check()
    passwords.check_password(form.password.data, email=member.email)
    check_own_password(member, form.current.data)
    hashed = passwords.hash_password(form.password.data)
    with transaction():
        securing.change_password(member, hashed=hashed, but=signed_in_reader().session_id)


def check_own_password(member: Member, password: str) -> None:
    """Who sits at an open page may be somebody else: raise Invalid for a wrong password, TooMany for guessing."""
    address = request.remote_addr or ""
    actions.check_guessing(member.email, address)
    if not passwords.is_right_password(password, member.password_hash):
        with transaction():
            actions.note_wrong_password(member.email, address)
        raise Invalid(fields={"current": _("This is not your password.")})


@pages.get("/settings/email")
def email_page() -> str:
    """The form for another address; `?sent=1` after it was sent, the same for every address."""
    member = queries.get_member(signed_in_reader().member_id)
    sent = "sent" in request.args
    return render_template("members/email.html", form=EmailForm(), email=member.email, sent=sent, refused=None)


@pages.post("/settings/email")
def ask_email() -> BaseResponse | Page:
    """Have a letter sent to the new address."""
    form, member = EmailForm.sent(), queries.get_member(signed_in_reader().member_id)
    try:
        send_email_link(form, member)
    except Refused as refused:
        form.take(refused)
        page = render_template("members/email.html", form=form, email=member.email, sent=False, refused=refused)
        return page, refused.status, refused.headers
    return redirect(url_for("members.email_page", sent=1), 303)


def send_email_link(form: EmailForm, member: Member) -> None:
    """Ask for another address, for page and API alike."""
    form.check()
    email, address = form.address(), request.remote_addr or ""
    if email == member.email:
        raise Invalid(fields={"email": _("This is your address already.")})
    check_own_password(member, form.current.data)
    resetting.check_asking(email, address)
    with transaction():
        securing.ask_email(member, email, address=address)


@pages.post("/links/<token>/renewal")
def renew_link(token: str) -> BaseResponse:
    """A link of a letter is too old: another letter goes where that one went."""
    with transaction():
        tokens.renew_link(token)
    flash(_("A new link is on its way to the same address."))
    return redirect(url_for("home.show"), 303)


@pages.get("/email/<token>")
def email_link(token: str) -> BaseResponse:
    """Behind the link of a letter: one button, so that programs that open every link change nothing."""
    found = get_token(token, securing.CONFIRM, securing.UNDO)
    undo = found.purpose == securing.UNDO
    return web.never_kept(render_template("members/email_link.html", token=token, email=found.email, undo=undo))


@pages.post("/email/<token>")
def use_email_link(token: str) -> BaseResponse:
    """The address is theirs; or the old one is theirs again."""
    hashed = passwords.unguessable()  # before the first write: it takes long
    with transaction():
        used = securing.use_email_link(token, hashed=hashed)
    if used.purpose == securing.UNDO:
        flash(_("Your old address holds again. A letter with a link to a new password is on its way to it."))
    else:
        flash(_("Your address is changed. Sign in with it from now on."))
    return redirect(url_for("home.show"), 303)
