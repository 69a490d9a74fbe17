"""JSON on the way in: apply; for managers the desk and the two answers."""

from flask import Blueprint, Response, jsonify, request

from forum.core.api import AllOf, PageOf, all_of, json_body, list_of
from forum.core.db import transaction
from forum.core.languages import current_speech
from forum.core.openapi import gives
from forum.joining import queries
from forum.joining.actions import deciding, importing, inviting, vetting
from forum.joining.forms import ApplyForm, ApproveForm, ColumnsForm, DeclineForm, InviteForm, TableForm, WayForm
from forum.joining.shapes import (
    ApplicationRowShape,
    ApplicationShape,
    AppliedShape,
    ApprovedShape,
    DeclinedShape,
    ImportLineShape,
    ImportShape,
    InvitationShape,
    SentShape,
    SettledShape,
    TownRefusedShape,
    TownShape,
    application_shape,
    import_line_shape,
    import_shape,
    invitation_shape,
    town_shape,
    whole_application_shape,
)
from forum.joining.views.applying import ask
from forum.joining.views.desk import manager
from forum.joining.views.importing import importer, read_and_keep, read_otherwise
from forum.joining.views.inviting import inviter, send_invitations

pages = Blueprint("joining_api", __name__, url_prefix="/api/v1")


@pages.post("/applications")
@gives(AppliedShape, 202, takes=ApplyForm, guests=True)
def apply() -> Response:
    """Ask to join; `municipality` is an id, or else `town` and `country`. The same answer for every address."""
    form = ApplyForm.of_json({"language": current_speech().locale} | json_body())
    form.check()
    ask(form)
    response = jsonify({"state": "letter on its way"})
    response.status_code = 202
    return response


@pages.get("/applications")
@gives(PageOf[ApplicationRowShape], query={"decided": str}, guests=False)
def applications() -> Response:
    """Applications that wait; with `?decided=1` those that were answered."""
    manager()
    cursor = request.args.get("cursor")
    page = queries.applications(current_speech().locale, decided="decided" in request.args, cursor=cursor)
    return list_of(page, application_shape)


@pages.get("/applications/<id:application_id>")
@gives(ApplicationShape, guests=False)
def application(application_id: int) -> Response:
    """One application with its words."""
    manager()
    found = queries.get_application(application_id)
    return jsonify(whole_application_shape(found, queries.known_alike(found, current_speech().locale)))


@pages.put("/applications/<id:application_id>/approval")
@gives(ApprovedShape, takes=ApproveForm, refuses={409: None})
def approve(application_id: int) -> Response:
    """Approve an application, for `municipality` or a new one with `names` and `country`."""
    reader = manager()
    found = queries.get_application(application_id)
    form = ApproveForm.of_json(json_body())
    form.check()
    with transaction():
        member = deciding.approve(
            application_id,
            by=reader,
            municipality_id=form.municipality_id or found.municipality_id,
            names=form.names(),
            country=form.country.data or "",
        )
    return jsonify({"member": member.id})


@pages.put("/applications/<id:application_id>/refusal")
@gives(DeclinedShape, takes=DeclineForm, refuses={409: None})
def decline(application_id: int) -> Response:
    """Decline an application; `answer` is what the applicant reads."""
    reader = manager()
    queries.get_application(application_id)
    form = DeclineForm.of_json(json_body())
    form.check()
    with transaction():
        deciding.decline(application_id, by=reader, answer=form.answer.data)
    return jsonify({"state": "declined"})


@pages.get("/towns")
@gives(AllOf[TownShape], guests=False)
def towns() -> Response:
    """Towns that applicants named and the network does not know, with what they sound like."""
    manager()
    return all_of(map(town_shape, queries.towns_waiting(current_speech().locale)))


@pages.put("/applications/<id:application_id>/town")
@gives(SettledShape, takes=ApproveForm, refuses={409: None})
def settle_town(application_id: int) -> Response:
    """Say which municipality is meant: `municipality`, or a new one with `names` and `country`. It holds for all
    who wait and named the same town."""
    reader = manager()
    queries.get_application(application_id)
    form = ApproveForm.of_json(json_body())
    form.check()
    with transaction():
        meant = vetting.settle_town(
            application_id,
            by=reader,
            municipality_id=form.municipality_id,
            names=form.names(),
            country=form.country.data or "",
        )
    return jsonify({"municipality": meant})


@pages.put("/applications/<id:application_id>/town/refusal")
@gives(TownRefusedShape, takes=DeclineForm, refuses={409: None})
def refuse_town(application_id: int) -> Response:
    """Say that a town cannot join; `answer` is what all who wait for it read."""
    reader = manager()
    queries.get_application(application_id)
    form = DeclineForm.of_json(json_body())
    form.check()
    with transaction():
        number = vetting.refuse_town(application_id, by=reader, answer=form.answer.data)
    return jsonify({"declined": number})


@pages.get("/invitations")
@gives(PageOf[InvitationShape], guests=False)
def invitations() -> Response:
    """Invitations that were sent, the newest first."""
    inviter()
    page = queries.invitations(current_speech().locale, cursor=request.args.get("cursor"))
    return list_of(page, invitation_shape)


@pages.post("/invitations")
@gives(SentShape, 201, takes=InviteForm)
def invite() -> Response:
    """Invite several; `guests` is a text of lines "e-mail, name". Answers their number."""
    reader = inviter()
    response = jsonify({"sent": send_invitations(InviteForm.of_json(json_body()), reader)})
    response.status_code = 201
    return response


@pages.delete("/invitations/<id:invitation_id>")
@gives(None)
def withdraw(invitation_id: int) -> Response:
    """Withdraw an invitation: its link opens nothing any more."""
    reader = inviter()
    with transaction():
        inviting.withdraw(invitation_id, by=reader)
    return Response(status=204)


@pages.get("/imports")
@gives(AllOf[ImportShape], guests=False)
def imports() -> Response:
    """Lists of members of the last month."""
    importer()
    return all_of(import_shape(table, {}) for table in queries.imports())


@pages.post("/imports")
@gives(ImportShape, 201, takes=TableForm)
def take_table() -> tuple[Response, int]:
    """Look at a list of members, a text of cells with a heading; nothing happens yet. The same list again is the one
    that was here."""
    reader, form = importer(), TableForm.of_json({"language": current_speech().locale} | json_body())
    form.check()
    id, _was_here = read_and_keep(form.table.data or "", name="", form=form, reader=reader)
    return jsonify(_import(id)), 201


def _import(import_id: int) -> ImportShape:
    return import_shape(queries.get_import(import_id), queries.count_outcomes(import_id))


@pages.get("/imports/<id:import_id>")
@gives(ImportShape, guests=False)
def show_import(import_id: int) -> Response:
    """One list, with the number of lines by what becomes of them."""
    importer()
    return jsonify(_import(import_id))


@pages.get("/imports/<id:import_id>/lines")
@gives(PageOf[ImportLineShape], guests=False)
def import_lines(import_id: int) -> Response:
    """The lines of a list with what becomes of them."""
    importer()
    queries.get_import(import_id)
    page = queries.import_lines(import_id, current_speech().locale, cursor=request.args.get("cursor"))
    return list_of(page, import_line_shape)


@pages.put("/imports/<id:import_id>/columns")
@gives(ImportShape, takes=ColumnsForm, refuses={409: None})
def change_columns(import_id: int) -> Response:
    """Read it otherwise: `column_email`, `column_name` … are numbers of columns from 0; `municipality` and `language`
    hold where a line names none; `towns` are texts such as "12=old town", with the id of the one that is meant."""
    reader, table = importer(), queries.get_import(import_id)
    form = ColumnsForm.of_json({"language": table.language} | json_body()).offer(table)
    read_otherwise(table, form, reader)
    return jsonify(_import(import_id))


@pages.put("/imports/<id:import_id>/start")
@gives(ImportShape, takes=WayForm, refuses={409: None})
def start_import(import_id: int) -> Response:
    """Carry a list in, in the background; no letter goes out."""
    reader = importer()
    queries.get_import(import_id)
    form = WayForm.of_json(json_body())
    form.check()
    with transaction():
        importing.start(queries.get_import(import_id), way=form.way.data or "", by=reader)
    return jsonify(_import(import_id))


@pages.put("/imports/<id:import_id>/letters")
@gives(ImportShape, refuses={409: None})
def send_letters(import_id: int) -> Response:
    """Send the letters, the second choice: everybody who was carried in gets a letter."""
    reader = importer()
    with transaction():
        importing.send_letters(queries.get_import(import_id), by=reader)
    return jsonify(_import(import_id))


@pages.delete("/imports/<id:import_id>")
@gives(None, refuses={409: None})
def discard_import(import_id: int) -> Response:
    """Drop a list that is not wanted; one that was carried in stays."""
    reader = importer()
    with transaction():
        importing.discard(queries.get_import(import_id), by=reader)
    return Response(status=204)
