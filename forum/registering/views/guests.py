"""Guests answer by e-mail."""

from flask import redirect, render_template, request, url_for
from sqlalchemy import Row
from werkzeug.wrappers import Response as BaseResponse

from forum.core import web
from forum.core.db import transaction
from forum.core.errors import LinkOver, Refused
from forum.members.actions.resetting import check_asking
from forum.members.queries.tokens import find_used_token, get_token
from forum.registering import actions, queries
from forum.registering.forms import GuestForm
from forum.registering.models import Place
from forum.registering.views.answering import draw
from forum.registering.views.blueprint import pages, seen_workshop


@pages.post("/workshops/<id:workshop_id>/registrations")
def ask(workshop_id: int) -> BaseResponse | tuple[str, int, dict[str, str]]:
    """Take what a guest says; the answer is the same for every address."""
    workshop, form = seen_workshop(workshop_id), GuestForm.sent()
    try:
        form.check()
        keep(workshop, form)
    except Refused as refused:
        form.take(refused)
        return draw(workshop, form, refused), refused.status, refused.headers
    return redirect(url_for("registering.sent", workshop_id=workshop_id), 303)


def keep(workshop: Row, form: GuestForm) -> None:
    """For page and API alike."""
    if form.is_from_program:
        return
    given, guest, address = form.given(), form.guest(), request.remote_addr or ""
    actions.check_guest(workshop, given, guest)
    check_asking(guest.email.strip().lower(), address)
    with transaction():
        actions.ask_guest(workshop, given, guest, address=address)


@pages.get("/workshops/<id:workshop_id>/registrations/sent")
def sent(workshop_id: int) -> str:
    """A letter is on its way."""
    return render_template("registering/sent.html", workshop=seen_workshop(workshop_id))


@pages.get("/workshops/<id:workshop_id>/registrations/<token>")
def confirm_page(workshop_id: int, token: str) -> BaseResponse | str:
    """Behind the link of the letter: one button, so that programs that open every link confirm nothing."""
    workshop = seen_workshop(workshop_id)
    try:
        get_token(token, actions.purpose_of(workshop.id))
    except LinkOver:
        return _again(workshop, token)
    return web.never_kept(render_template("registering/confirm.html", workshop=workshop, token=token))


@pages.post("/workshops/<id:workshop_id>/registrations/<token>")
def confirm(workshop_id: int, token: str) -> BaseResponse | str:
    """The answer counts. A second click of the same hand is told so, and changes nothing."""
    workshop = seen_workshop(workshop_id)
    try:
        with transaction():
            registration = actions.confirm_guest(workshop, token)
            place = Place(registration.place)
    except LinkOver:
        return _again(workshop, token)
    return web.never_kept(render_template("registering/confirmed.html", workshop=workshop, place=place))


def _again(workshop: Row, token: str) -> BaseResponse:
    """What a used link shows: that it was used, and nothing more. Whoever finds it learns no joining link."""
    used = find_used_token(token, actions.purpose_of(workshop.id))
    asked = queries.find_guest_answer(used.subject_id) if used else None
    if asked is None or asked.confirmed_at is None:
        raise LinkOver
    return web.never_kept(render_template("registering/confirmed.html", workshop=workshop, place=None))
