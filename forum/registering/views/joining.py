"""Joining an event: those whose place is confirmed are led on, all others are told how they stand."""

from flask import redirect, render_template, request, url_for
from sqlalchemy import Row
from werkzeug.wrappers import Response as BaseResponse

from forum.core import clock
from forum.core.db import transaction
from forum.core.errors import Invalid, LinkOver, Refused
from forum.core.languages import current_speech
from forum.core.languages import gettext as _
from forum.core.reader import GUEST
from forum.core.web import current_reader, never_kept
from forum.members.queries import reader_for
from forum.registering import actions, queries, rules
from forum.registering.forms import WayInForm
from forum.registering.models import Place, Registration
from forum.registering.queries import Standing, WayIn
from forum.registering.views.blueprint import pages, seen_workshop
from forum.workshops.queries import get_workshop

BY_LETTER = "/workshops/<id:workshop_id>/join/<id:registration_id>/<token>"


@pages.get("/workshops/<id:workshop_id>/join")
def join(workshop_id: int) -> BaseResponse:
    """The way in for members, and the answer to whoever was passed its address."""
    workshop = seen_workshop(workshop_id)
    standing = queries.standing_of(workshop.id, current_reader())
    if standing.joining_link and not rules.is_over(workshop):
        return redirect(standing.joining_link)
    return _standing_page(workshop, standing)


@pages.get(BY_LETTER)
def way_in(workshop_id: int, registration_id: int, token: str) -> BaseResponse:
    """The way in of a letter; who is signed in and has a place is led on at once."""
    way = WayIn(workshop_id, registration_id, token)
    registration, workshop = _invited(way)
    if queries.has_place(workshop.id, current_reader()):
        return redirect(url_for("registering.join", workshop_id=workshop.id))
    return _closed(registration, workshop) or _asking_page(workshop, way, WayInForm())


@pages.post(BY_LETTER)
def join_by_letter(workshop_id: int, registration_id: int, token: str) -> BaseResponse:
    """With the right e-mail address the page leads on by itself: our policy for forms keeps them from leading away."""
    way = WayIn(workshop_id, registration_id, token)
    registration, workshop = _invited(way)
    form, address = WayInForm.sent(), request.remote_addr or ""
    try:
        form.check()
        if not actions.is_theirs(registration, form.email.data or "", address=address):
            with transaction():
                actions.note_wrong_address(registration, address=address)
            raise Invalid(fields={"email": _("The letter went to another address.")})
    except Refused as refused:
        form.take(refused)
        return _asking_page(workshop, way, form, refused)
    if closed := _closed(registration, workshop):
        return closed
    link = queries.link_for(registration)
    return never_kept(render_template("registering/way_in.html", workshop=workshop, link=link))


def _invited(way: WayIn) -> tuple[Registration, Row]:
    """Whose letter this was, and the workshop as they see it. Raises LinkOver."""
    found = queries.find_by_way(way)
    if found is None:
        raise LinkOver
    reader = reader_for(found.member_id) if found.member_id is not None else GUEST
    return found, get_workshop(found.workshop_id, reader=reader, language=current_speech().locale)


def _closed(registration: Registration, workshop: Row) -> BaseResponse | None:
    """What to show instead, where the letter leads nowhere now. How its person answered is told to nobody but them."""
    if queries.link_for(registration) and not rules.is_over(workshop):
        return None
    if registration.place == Place.CONFIRMED:
        return _standing_page(workshop, Standing(registration=registration))
    return _standing_page(workshop, queries.standing_of(workshop.id, current_reader()))


def _asking_page(workshop: Row, way: WayIn, form: WayInForm, refused: Refused | None = None) -> BaseResponse:
    page = render_template("registering/way_in.html", workshop=workshop, way=way, form=form, refused=refused)
    response = never_kept(page, refused.status if refused else 200)
    response.headers.update(refused.headers if refused else {})
    return response


def _standing_page(workshop: Row, standing: Standing) -> BaseResponse:
    status = 200 if standing.place == Place.CONFIRMED else 403
    page = render_template("registering/join.html", workshop=workshop, standing=standing, now=clock.now())
    return never_kept(page, status)
