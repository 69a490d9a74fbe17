"""JSON of registrations."""

from flask import Blueprint, Response, jsonify, request

from forum.core.api import json_body
from forum.core.db import transaction
from forum.core.languages import current_speech
from forum.core.openapi import gives
from forum.core.web import signed_in_reader
from forum.registering import actions, queries
from forum.registering.forms import AdmissionForm, GuestForm, RegistrationForm
from forum.registering.shapes import (
    AdmissionShape,
    RegistrationSentShape,
    RegistrationsShape,
    StandingShape,
    admission_shape,
    counts_shape,
    registration_shape,
    standing_shape,
)
from forum.registering.views.blueprint import seen_workshop
from forum.registering.views.desk import export, managed
from forum.registering.views.guests import keep

pages = Blueprint("registering_api", __name__, url_prefix="/api/v1")


@pages.get("/workshops/<id:workshop_id>/registration")
@gives(StandingShape, guests=False)
def standing(workshop_id: int) -> Response:
    """How one stands to a workshop; the joining link only for those who are confirmed."""
    reader = signed_in_reader()
    return jsonify(standing_shape(queries.standing_of(seen_workshop(workshop_id).id, reader)))


@pages.put("/workshops/<id:workshop_id>/registration")
@gives(StandingShape, takes=RegistrationForm)
def answer(workshop_id: int) -> Response:
    """Answer yes, maybe or no; sent twice, it is one answer."""
    reader, workshop = signed_in_reader(), seen_workshop(workshop_id)
    form = RegistrationForm.of_json(json_body())
    form.check()
    with transaction():
        actions.register(workshop, form.given(), by=reader)
    return jsonify(standing_shape(queries.standing_of(workshop.id, reader)))


@pages.delete("/workshops/<id:workshop_id>/registration")
@gives(StandingShape)
def withdraw(workshop_id: int) -> Response:
    """Take the answer back; the place goes to the next who waits."""
    reader, workshop = signed_in_reader(), seen_workshop(workshop_id)
    with transaction():
        actions.withdraw(workshop.id, by=reader)
    return jsonify(standing_shape(queries.standing_of(workshop.id, reader)))


@pages.post("/workshops/<id:workshop_id>/registrations")
@gives(RegistrationSentShape, 202, takes=GuestForm, guests=True)
def ask(workshop_id: int) -> tuple[Response, int]:
    """Answer without an account: a letter asks whether the address is theirs. The same for every address."""
    workshop, form = seen_workshop(workshop_id), GuestForm.of_json(json_body())
    form.check()
    keep(workshop, form)
    return jsonify({"state": "letter on its way"}), 202


@pages.get("/workshops/<id:workshop_id>/registrations")
@gives(RegistrationsShape, guests=False)
def registrations(workshop_id: int) -> Response:
    """Who answered, the last first, a page at a time, and how many answered what; for managers."""
    workshop = managed(workshop_id)
    page = queries.registrations(workshop.id, current_speech().locale, cursor=request.args.get("cursor"))
    items = [registration_shape(row) for row in page.items]
    return jsonify({"items": items, "next": page.next, "counts": counts_shape(queries.counts_of(workshop.id))})


@pages.get("/workshops/<id:workshop_id>/registrations.csv")
@gives("text/csv", guests=False)
def table(workshop_id: int) -> Response:
    """All answers for a spreadsheet; for managers."""
    return Response(export(managed(workshop_id)), mimetype="text/csv")


@pages.get("/workshops/<id:workshop_id>/admission")
@gives(AdmissionShape, guests=False)
def admission(workshop_id: int) -> Response:
    """How many come in, and how; for managers."""
    return jsonify(admission_shape(queries.find_admission(managed(workshop_id).id)))


@pages.put("/workshops/<id:workshop_id>/admission")
@gives(AdmissionShape, takes=AdmissionForm)
def change_admission(workshop_id: int) -> Response:
    """Say how many come in (`capacity`, null for no limit) and how; for managers."""
    workshop, form = managed(workshop_id), AdmissionForm.of_json(json_body())
    form.check()
    with transaction():
        link = form.joining_link.data or ""
        actions.set_admission(workshop.id, capacity=form.capacity.data, joining_link=link, by=signed_in_reader())
    return jsonify(admission_shape(queries.find_admission(workshop.id)))
