"""JSON of spaces: which there are, who belongs, requests."""

from typing import Any

from flask import Blueprint, Response, jsonify, request

from forum.core.api import AllOf, PageOf, all_of, json_body, list_of
from forum.core.db import transaction
from forum.core.errors import Forbidden
from forum.core.languages import LANGUAGES, current_speech
from forum.core.openapi import gives
from forum.core.reader import Reader
from forum.core.web import current_reader, signed_in_reader
from forum.spaces import actions, queries, rules
from forum.spaces.forms import AskForm, SpaceForm
from forum.spaces.shapes import (
    AddedShape,
    BelongingShape,
    RequestShape,
    SpaceShape,
    belonging_shape,
    request_shape,
    space_shape,
)

pages = Blueprint("spaces_api", __name__, url_prefix="/api/v1")


@pages.get("/spaces")
@gives(PageOf[SpaceShape])
def spaces() -> Response:
    """The spaces whose names the reader may know."""
    reader = current_reader()
    page = queries.spaces_known_to(reader, current_speech().locale, cursor=request.args.get("cursor"))
    return list_of(page, lambda row: space_shape(row, reader))


@pages.get("/spaces/<id:space_id>")
@gives(SpaceShape)
def space(space_id: int) -> Response:
    """One space."""
    return _space(space_id, current_reader())


@pages.post("/spaces")
@gives(SpaceShape, 201, takes=SpaceForm)
def open_space() -> tuple[Response, int]:
    """Open a space; `name` stands for every language that `names` leaves out. For managers."""
    reader = _managing_reader()
    form = _form(json_body(), {})
    with transaction():
        space_id = actions.open_space(**form.asked(), by=reader).id
    return _space(space_id, reader), 201


@pages.patch("/spaces/<id:space_id>")
@gives(SpaceShape, takes=SpaceForm)
def change_space(space_id: int) -> Response:
    """Change a space; what is left out stays. For managers."""
    reader = signed_in_reader()
    found = queries.get_space(space_id, reader=reader)
    if not rules.may_manage_spaces(reader):
        raise Forbidden
    kept = {f"name_{language}": name for language, name in queries.names_of(space_id).items()}
    form = _form(json_body(), kept | {"kind": found.kind, "joining": found.joining})
    with transaction():
        actions.change_space(found, **form.asked(), by=reader)
    return _space(space_id, reader)


@pages.get("/spaces/<id:space_id>/members")
@gives(PageOf[BelongingShape], guests=False)
def members(space_id: int) -> Response:
    """Who belongs to a space, for those who may read it and for managers."""
    reader, language = signed_in_reader(), current_speech().locale
    row = queries.get_space_row(space_id, reader=reader, language=language)
    if not rules.may_manage_spaces(reader) and not rules.may_read_space(reader, row.kind, belongs=row.belongs):
        raise Forbidden
    return list_of(queries.member_page(space_id, language, cursor=request.args.get("cursor")), belonging_shape)


@pages.put("/spaces/<id:space_id>/members/<id:member_id>")
@gives(AddedShape)
def add(space_id: int, member_id: int) -> Response:
    """Let a member in; it also grants their request."""
    reader = signed_in_reader()
    found = queries.get_space(space_id, reader=reader)
    with transaction():
        actions.add_to_space(found, member_id=member_id, by=reader)
    return jsonify({"space": space_id, "member": member_id})


@pages.delete("/spaces/<id:space_id>/members/<id:member_id>")
@gives(None)
def remove(space_id: int, member_id: int) -> Response:
    """Take a member out, or go."""
    reader = signed_in_reader()
    found = queries.get_space(space_id, reader=reader)
    with transaction():
        actions.remove_from_space(found, member_id=member_id, by=reader)
    return Response(status=204)


@pages.get("/spaces/<id:space_id>/requests")
@gives(AllOf[RequestShape], guests=False)
def requests(space_id: int) -> Response:
    """Who asks to be let in, the longest waiting first; for managers."""
    reader = signed_in_reader()
    queries.get_space(space_id, reader=reader)
    if not rules.may_manage_spaces(reader):
        raise Forbidden
    return all_of(map(request_shape, queries.requests_of(space_id, current_speech().locale)))


@pages.put("/spaces/<id:space_id>/request")
@gives(SpaceShape, takes=AskForm)
def ask(space_id: int) -> Response:
    """Ask to be let in."""
    reader = signed_in_reader()
    found = queries.get_space(space_id, reader=reader)
    form = AskForm.of_json(json_body())
    form.check()
    with transaction():
        actions.ask_to_join(found, reader=reader, why=form.why.data or "")
    return _space(space_id, reader)


@pages.delete("/spaces/<id:space_id>/request")
@gives(None)
def withdraw(space_id: int) -> Response:
    """Withdraw the request to be let in."""
    reader = signed_in_reader()
    found = queries.get_space(space_id, reader=reader)
    with transaction():
        actions.withdraw_request(found, reader=reader)
    return Response(status=204)


@pages.delete("/spaces/<id:space_id>/requests/<id:member_id>")
@gives(None)
def decline(space_id: int, member_id: int) -> Response:
    """Do not let them in; approving is adding."""
    reader = signed_in_reader()
    found = queries.get_space(space_id, reader=reader)
    with transaction():
        actions.decline_request(found, member_id=member_id, by=reader)
    return Response(status=204)


def _managing_reader() -> Reader:
    reader = signed_in_reader()
    if not rules.may_manage_spaces(reader):
        raise Forbidden
    return reader


def _form(body: dict[str, Any], kept: dict[str, Any]) -> SpaceForm:
    """The form that a body fills; `name` stands for every language that `names` leaves out."""
    one_name = {f"name_{language}": body["name"] for language in LANGUAGES if body.get("name") is not None}
    sent = {name: value for name, value in (one_name | body).items() if value is not None}
    form = SpaceForm.of_json({"kind": "private", "joining": "invitation"} | kept | sent)
    form.check()
    return form


def _space(space_id: int, reader: Reader) -> Response:
    row = queries.get_space_row(space_id, reader=reader, language=current_speech().locale)
    return jsonify(space_shape(row, reader))
