"""JSON of drafts: the page keeps what is written every few seconds."""

from flask import Blueprint, Response, jsonify

from forum.core.api import AllOf, all_of, json_body
from forum.core.db import transaction
from forum.core.errors import NotFound
from forum.core.openapi import gives
from forum.core.web import signed_in_reader
from forum.drafts import actions, queries
from forum.drafts.forms import DraftForm
from forum.drafts.shapes import DraftShape, draft_shape
from forum.drafts.views import kind_of

pages = Blueprint("drafts_api", __name__, url_prefix="/api/v1")


@pages.get("/drafts")
@gives(AllOf[DraftShape], guests=False)
def drafts() -> Response:
    """Drafts: all that the member has begun, the newest first."""
    return all_of(map(draft_shape, queries.drafts_of(signed_in_reader().member_id)))


@pages.get("/drafts/<subject>/<id:subject_id>")
@gives(DraftShape, guests=False)
def draft(subject: str, subject_id: int) -> Response:
    """One draft; `subject` is topic, post, space or workshop."""
    found = queries.find_draft(signed_in_reader().member_id, kind_of(subject), subject_id)
    if found is None:
        raise NotFound
    return jsonify(draft_shape(found))


@pages.put("/drafts/<subject>/<id:subject_id>")
@gives(None, takes=DraftForm)
def keep(subject: str, subject_id: int) -> Response:
    """Keep what is written so far; without words and title it goes."""
    member_id, kind = signed_in_reader().member_id, kind_of(subject)
    form = DraftForm.of_json(json_body())
    form.check()
    with transaction():
        actions.keep_draft(
            member_id,
            kind,
            subject_id,
            words=form.words.data or "",
            title=form.title.data or "",
            language=form.language.data or "",
            reply_to=form.reply_to.data,
            version=form.version.data,
            themes=form.themes.data or (),
            tags=form.tags.data or (),
            topic_kind=form.topic_kind.data or "",
            reason=form.reason.data or "",
        )
    return Response(status=204)


@pages.delete("/drafts/<subject>/<id:subject_id>")
@gives(None)
def forget(subject: str, subject_id: int) -> Response:
    """Drop a draft: the words are not wanted."""
    member_id, kind = signed_in_reader().member_id, kind_of(subject)
    with transaction():
        actions.forget_draft(member_id, kind, subject_id)
    return Response(status=204)
