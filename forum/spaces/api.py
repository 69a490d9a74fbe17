"""JSON of spaces: which there are, who belongs, requests, starting a topic."""

from typing import Any

from flask import Blueprint, Response, jsonify, request

from forum.core.api import json_body, list_of, moment
from forum.core.db import transaction
from forum.core.errors import Forbidden, Invalid
from forum.core.languages import LANGUAGES, current_speech
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.core.web import current_reader, signed_in_reader
from forum.spaces import actions, queries, rules
from forum.spaces.forms import AskForm, SpaceForm, TopicForm
from forum.spaces.shapes import belonging_shape, space_shape
from forum.spaces.views.topics import readable_space
from forum.topics.actions import start_topic as start

pages = Blueprint("spaces_api", __name__, url_prefix="/api/v1")


@pages.get("/spaces")
def spaces() -> Response:
    """The spaces whose names the reader may know."""
    reader = current_reader()
    page = queries.spaces_known_to(reader, current_speech().locale, cursor=request.args.get("cursor"))
    return list_of(page, lambda row: space_shape(row, reader))


@pages.get("/spaces/<id:space_id>")
def space(space_id: int) -> Response:
    """One space."""
    return _space(space_id, current_reader())


@pages.post("/spaces")
def open_space() -> tuple[Response, int]:
    """`{"kind", "joining"?, "names": {language: name}}`, or `"name"` for all languages; for managers."""
    reader = _managing_reader()
    form = _form(json_body(), {})
    with transaction():
        space_id = actions.open_space(**form.asked(), by=reader).id
    return _space(space_id, reader), 201


@pages.patch("/spaces/<id:space_id>")
def change_space(space_id: int) -> Response:
    """The same fields; what is left out stays."""
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
def members(space_id: int) -> Response:
    """Who belongs to it, for those who may read it and for managers."""
    reader, language = signed_in_reader(), current_speech().locale
    row = queries.get_space_row(space_id, reader=reader, language=language)
    if not rules.may_manage_spaces(reader) and not rules.may_read_space(reader, row.kind, belongs=row.belongs):
        raise Forbidden
    return list_of(queries.member_page(space_id, language, cursor=request.args.get("cursor")), belonging_shape)


@pages.put("/spaces/<id:space_id>/members/<id:member_id>")
def add(space_id: int, member_id: int) -> Response:
    """Let a member in; it also grants their request."""
    reader = signed_in_reader()
    found = queries.get_space(space_id, reader=reader)
    with transaction():
        actions.add_to_space(found, member_id=member_id, by=reader)
    return jsonify({"space": space_id, "member": member_id})


@pages.delete("/spaces/<id:space_id>/members/<id:member_id>")
def remove(space_id: int, member_id: int) -> Response:
    """Take a member out, or go."""
    reader = signed_in_reader()
    found = queries.get_space(space_id, reader=reader)
    with transaction():
        actions.remove_from_space(found, member_id=member_id, by=reader)
    return Response(status=204)


@pages.get("/spaces/<id:space_id>/requests")
def requests(space_id: int) -> Response:
    """Who asks to be let in, the longest waiting first; for managers."""
    reader = signed_in_reader()
    queries.get_space(space_id, reader=reader)
    if not rules.may_manage_spaces(reader):
        raise Forbidden
    rows = queries.requests_of(space_id, current_speech().locale)
    items = [{"member": belonging_shape(row), "why": row.why, "asked_at": moment(row.asked_at)} for row in rows]
    return jsonify({"items": items, "next": None})


@pages.put("/spaces/<id:space_id>/request")
def ask(space_id: int) -> Response:
    """`{"why"?}`: ask to be let in."""
    reader = signed_in_reader()
    found = queries.get_space(space_id, reader=reader)
    form = AskForm.of_json(json_body() if request.get_data() else {})
    form.check()
    with transaction():
        actions.ask_to_join(found, reader=reader, why=form.why.data or "")
    return _space(space_id, reader)


@pages.delete("/spaces/<id:space_id>/request")
def withdraw(space_id: int) -> Response:
    """Ask no more."""
    reader = signed_in_reader()
    found = queries.get_space(space_id, reader=reader)
    with transaction():
        actions.withdraw_request(found, reader=reader)
    return Response(status=204)


@pages.delete("/spaces/<id:space_id>/requests/<id:member_id>")
def decline(space_id: int, member_id: int) -> Response:
    """Do not let them in; approving is adding."""
    reader = signed_in_reader()
    found = queries.get_space(space_id, reader=reader)
    with transaction():
        actions.decline_request(found, member_id=member_id, by=reader)
    return Response(status=204)


@pages.post("/spaces/<id:space_id>/topics")
def start_topic(space_id: int) -> tuple[Response, int]:
    """`{"title", "words", "language"?, "themes"?, "tags"?, "kind"?: "discussion" | "question", "key"}`; the same
    key with the same words answers the same topic again."""
    reader = signed_in_reader()
    found = readable_space(space_id, reader)
    form = TopicForm.of_json(json_body())
    form.check()
    with transaction():
        done = start(
            space_id=found.id,
            author=reader,
            title=form.title.data or "",
            words=form.words.data or "",
            language=form.language.data or None,
            themes=form.themes.data or (),
            tags=form.tags.data or (),
            kind=form.kind.data,
            key=form.key.data,
        )
    return jsonify({"id": done.id, "number": done.number}), 201


def _managing_reader() -> Reader:
    reader = signed_in_reader()
    if not rules.may_manage_spaces(reader):
        raise Forbidden
    return reader


def _form(body: dict[str, Any], kept: dict[str, Any]) -> SpaceForm:
    """The form that a body fills; `names` is an object, `name` stands for every language that it leaves out."""
    names = body.get("names") or {}
    if not isinstance(names, dict):
        raise Invalid(fields={"names": _("Send an object with a name for each language.")})
    given = {f"name_{language}": names.get(language, body.get("name")) for language in LANGUAGES}
    sent = {name: value for name, value in (body | given).items() if value is not None}
    form = SpaceForm.of_json({"kind": "private", "joining": "invitation"} | kept | sent)
    form.check()
    return form


def _space(space_id: int, reader: Reader) -> Response:
    row = queries.get_space_row(space_id, reader=reader, language=current_speech().locale)
    return jsonify(space_shape(row, reader))
