"""Changing what is announced of a workshop: for managers, who say which version they saw, so that nothing is lost where
two change it at once."""

from collections.abc import Mapping
from typing import Any

from flask import Response

from forum.core.api import if_match, json_body
from forum.core.db import transaction
from forum.core.errors import Conflict
from forum.core.languages import LANGUAGES
from forum.core.openapi import gives
from forum.core.reader import Reader
from forum.core.web import signed_in_reader
from forum.workshops import actions, queries
from forum.workshops.api.blueprint import answer, pages, seen_workshop
from forum.workshops.forms import WorkshopForm
from forum.workshops.models import Workshop
from forum.workshops.shapes import WorkshopConflictShape, WorkshopShape
from forum.workshops.views.keeping import held_of

PLAIN = ("kind", "zone", "starts", "ends", "where", "country", "spoken", "interpretation", "colour", "prepares")


@pages.put("/workshops/<id:workshop_id>")
@gives(WorkshopShape, takes=WorkshopForm, if_match=True, refuses={409: WorkshopConflictShape})
def change(workshop_id: int) -> Response:
    """Announce something else instead, with `If-Match: <version>`; 409 brings both texts when it is not the last. What
    is left out is taken away. Sessions and talks stay, and so do `capacity`, `joining_link` and `answers`, which have
    addresses of their own."""
    reader, version = _knocked(workshop_id)
    return _change(workshop_id, WorkshopForm.of_json(json_body()), version, reader)


@pages.patch("/workshops/<id:workshop_id>")
@gives(WorkshopShape, takes=WorkshopForm, if_match=True, refuses={409: WorkshopConflictShape})
def change_parts(workshop_id: int) -> Response:
    """The same for a part of it: what is left out stays as it is."""
    reader, version = _knocked(workshop_id)
    held = held_of(queries.get_row(workshop_id))
    return _change(workshop_id, WorkshopForm.of_json(held | WorkshopForm.spread(json_body())), version, reader)


def _knocked(workshop_id: int) -> tuple[Reader, int]:
    """A manager who sees it, and the version that they saw."""
    reader = signed_in_reader()
    seen_workshop(workshop_id)
    actions.check_manager(reader)
    return reader, int(if_match())


def _change(workshop_id: int, form: WorkshopForm, version: int, reader: Reader) -> Response:
    form.check()
    with transaction():
        workshop = queries.hold_row(workshop_id)
        _check_version(workshop, version, form)
        actions.change_workshop(workshop, form.plan(), by=reader)
        actions.set_links(workshop, prepares=form.prepares.data or (), by=reader)
    return answer(workshop_id)


def _check_version(workshop: Workshop, version: int, form: WorkshopForm) -> None:
    if workshop.revision != version:
        both = {"theirs": _nouns(held_of(workshop)), "yours": _nouns(form.data)}
        raise Conflict(**both, version=workshop.revision)


def _nouns(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of the form as a client sends them."""
    texts = {
        noun: {one: words for one in LANGUAGES if (words := fields.get(f"{single}_{one}"))}
        for noun, single in WorkshopForm.in_languages.items()
    }
    return {name: fields.get(name) for name in PLAIN} | texts
