"""Showing again who one is, before the second step may be changed."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from forum.core import web
from forum.core.db import transaction
from forum.core.errors import Refused
from forum.core.web import signed_in_reader
from forum.members import passkeys, queries
from forum.members.actions import BRIEF, second_step, stepping
from forum.members.actions.second_step import ConfirmNeeded
from forum.members.forms.stepping import ConfirmForm
from forum.members.models import Member, SignInSession, SignInWay
from forum.members.queries import second_step as steps
from forum.members.views.blueprint import pages
from forum.members.views.securing import check_own_password
from forum.members.views.signing import give_cookie

Given = ParamSpec("Given")
Answer = TypeVar("Answer")


@pages.get("/settings/confirm")
def confirm_page() -> str:
    """The form; `?next=` says where to go on."""
    return _page(ConfirmForm())


@pages.post("/settings/confirm")
def confirm() -> BaseResponse | tuple[str, int, dict[str, str]]:
    """Check it; for ten minutes it is not asked again."""
    form = ConfirmForm.sent()
    try:
        token = keep_confirmation(form)
    except Refused as refused:
        form.take(refused)
        return _page(form, refused), refused.status, refused.headers
    target = web.safe_next(request.args.get("next")) or url_for("members.second_step")
    return with_token(redirect(target, 303), token)


@pages.post("/settings/confirm/options")
def confirm_options() -> BaseResponse:
    """What the browser is to ask one of the member's passkeys."""
    _member, session = here()
    with transaction():
        challenge = second_step.ask_session(session)
    return jsonify(passkeys.wanted(challenge, known=steps.passkeys_of(session.member_id)))


def keep_confirmation(form: ConfirmForm) -> str | None:
    """Check it, for page and API alike; a second step may bring a new token for the cookie."""
    form.check()
    member, session = here()
    shown, address = form.shown(), request.remote_addr or ""
    if shown is None:
        check_own_password(member, form.current.data or "")
        with transaction():
            return second_step.confirm(session, way=SignInWay.PASSWORD)
    with transaction():
        challenge = second_step.use_challenge(session) if shown.passkey else None
        way = stepping.try_step(member, shown, challenge=challenge, address=address)
        if isinstance(way, SignInWay):
            return second_step.confirm(session, way=way)
    if shown.code:
        way.fields = {"code": way.message}
    raise way


def here() -> tuple[Member, SignInSession]:
    """The member who asks, and the session of this device."""
    reader = signed_in_reader()
    session = queries.get_session(reader.session_id or 0, member_id=reader.member_id)
    return queries.get_member(reader.member_id), session


def with_token(response: BaseResponse, token: str | None) -> BaseResponse:
    """Give the device its session's new token, if there is one; it stays as long as it would have."""
    if token is None:
        return response
    _member, session = here()
    return give_cookie(response, token, stays=session.expires_at - session.created_at > BRIEF)


def confirmed(view: Callable[Given, Answer]) -> Callable[Given, Answer | BaseResponse]:
    """A page that asks first who sits here, and goes on with the second step's page then."""

    @wraps(view)
    def asked(*args: Given.args, **kwargs: Given.kwargs) -> Answer | BaseResponse:
        try:
            second_step.check_confirmed(here()[1])
        except ConfirmNeeded:
            return redirect(url_for("members.confirm_page"), 303)
        return view(*args, **kwargs)

    return asked


def _page(form: ConfirmForm, refused: Refused | None = None) -> str:
    member, _session = here()
    return render_template(
        "members/confirm.html",
        form=form,
        refused=refused,
        email=member.email,
        steps=steps.steps_of(member.id),
        place=passkeys.place(request.host),
        next=web.safe_next(request.args.get("next")),
    )
