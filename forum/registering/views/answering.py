"""Confirming interest: the form, and a member's answer."""

from flask import flash, redirect, render_template, url_for
from sqlalchemy import Row
from werkzeug.wrappers import Response as BaseResponse
from wtforms.fields import SelectChoice

from forum.core.db import transaction
from forum.core.errors import Refused
from forum.core.languages import current_speech
from forum.core.languages import gettext as _
from forum.core.web import current_reader, signed_in_reader
from forum.registering import actions, queries, rules
from forum.registering.forms import GuestForm, RegistrationForm
from forum.registering.models import Answer, Place
from forum.registering.views.blueprint import pages, seen_workshop
from forum.workshops.queries import talks_of


@pages.get("/workshops/<id:workshop_id>/registration")
def form_page(workshop_id: int) -> str:
    """The form: with what a member answered before, or for a guest with the fields that say who they are."""
    workshop, reader = seen_workshop(workshop_id), current_reader()
    if reader.is_authenticated:
        own = queries.find_of_member(workshop.id, reader.member_id)
        return draw(workshop, RegistrationForm(data=RegistrationForm.shown(own)))
    return draw(workshop, GuestForm(data=GuestForm.shown(None)))


@pages.put("/workshops/<id:workshop_id>/registration")
def answer(workshop_id: int) -> BaseResponse | tuple[str, int]:
    """A member answers; sent twice, it is one answer."""
    reader = signed_in_reader()
    workshop, form = seen_workshop(workshop_id), RegistrationForm.sent()
    try:
        form.check()
        with transaction():
            registration = actions.register(workshop, form.given(), by=reader)
    except Refused as refused:
        form.take(refused)
        return draw(workshop, form, refused), refused.status
    said = {
        Place.CONFIRMED: _("Your place is confirmed. You follow the discussion of the event from now on."),
        Place.WAITING: _("All places are taken: you are on the waiting list."),
        Place.NONE: _("Thank you for your answer. It can be changed at any time."),
    }
    flash(said[Place(registration.place)])
    return redirect(url_for("workshops.show", workshop_id=workshop_id), 303)


@pages.delete("/workshops/<id:workshop_id>/registration")
def withdraw(workshop_id: int) -> BaseResponse:
    """A member takes the answer back; where there is none, it stays so."""
    reader = signed_in_reader()
    workshop = seen_workshop(workshop_id)
    with transaction():
        actions.withdraw(workshop.id, by=reader)
    flash(_("Your answer is taken back."))
    return redirect(url_for("workshops.show", workshop_id=workshop_id), 303)


def draw(workshop: Row, form: RegistrationForm, refused: Refused | None = None) -> str:
    """The form on its page."""
    reader, talks = current_reader(), talks_of(workshop.id, current_speech().locale)
    form.talk.choices = [SelectChoice("", _("To all"))] + [SelectChoice(str(one["id"]), one["title"]) for one in talks]
    return render_template(
        "registering/form.html",
        workshop=workshop,
        form=form,
        refused=refused,
        has_talks=bool(talks),
        standing=queries.standing_of(workshop.id, reader),
        over=rules.is_over(workshop),
        Answer=Answer,
    )
