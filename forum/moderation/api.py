"""JSON of held posts."""

from flask import Blueprint, Response, jsonify, request

from forum.core.api import PageOf, json_body, list_of
from forum.core.db import transaction
from forum.core.languages import current_speech
from forum.core.openapi import gives
from forum.core.web import signed_in_reader
from forum.moderation import actions, queries
from forum.moderation.forms import ReasonForm
from forum.moderation.shapes import HeldShape, PublishedShape, held_shape
from forum.moderation.views import moderator

pages = Blueprint("moderation_api", __name__, url_prefix="/api/v1")


@pages.get("/held")
@gives(PageOf[HeldShape], guests=False)
def waiting() -> Response:
    """What new members wrote and waits for this moderator, the longest first."""
    page = queries.waiting(moderator(), current_speech().locale, cursor=request.args.get("cursor"))
    return list_of(page, held_shape)


@pages.get("/held/mine")
@gives(PageOf[HeldShape], guests=False)
def mine() -> Response:
    """The reader's own, the newest first, and what became of it."""
    page = queries.own(signed_in_reader(), current_speech().locale, cursor=request.args.get("cursor"))
    return list_of(page, held_shape)


@pages.get("/held/<id:held_id>")
@gives(HeldShape, guests=False)
def held(held_id: int) -> Response:
    """One, for its author and for moderators who may read where it is meant to stand."""
    row = queries.get_held_row(held_id, reader=signed_in_reader(), language=current_speech().locale)
    return jsonify(held_shape(row))


@pages.put("/held/<id:held_id>/approval")
@gives(PublishedShape, refuses={409: None})
def approve(held_id: int) -> Response:
    """It becomes a post, as if its author had written it now."""
    reader = moderator()
    with transaction():
        post_id = actions.approve(queries.get_held(held_id, reader=reader), by=reader)
    return jsonify({"post": post_id})


@pages.put("/held/<id:held_id>/refusal")
@gives(None, takes=ReasonForm, refuses={409: None})
def decline(held_id: int) -> Response:
    """Nobody will see it; `reason` is what its author reads."""
    reader = moderator()
    queries.get_held(held_id, reader=reader)
    form = ReasonForm.of_json(json_body())
    form.check()
    with transaction():
        actions.decline(queries.get_held(held_id, reader=reader), by=reader, reason=form.reason.data or "")
    return Response(status=204)


@pages.delete("/held/<id:held_id>")
@gives(None, refuses={409: None})
def withdraw(held_id: int) -> Response:
    """Its author takes it back."""
    reader = signed_in_reader()
    with transaction():
        actions.withdraw(queries.get_held(held_id, reader=reader), by=reader)
    return Response(status=204)
