"""Pages: what a member has begun to write and not sent."""

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response as BaseResponse

from forum.core import clock
from forum.core.db import transaction
from forum.core.errors import NotFound
from forum.core.web import signed_in_reader
from forum.drafts import actions, queries
from forum.drafts.models import DraftKind
from forum.topics.queries import titles_around

pages = Blueprint("drafts", __name__, url_prefix="/<language:language>")


@pages.get("/drafts")
def index() -> str:
    """All of them, also those whose topic is closed or gone: their words can be copied."""
    reader = signed_in_reader()
    drafts = queries.drafts_of(reader.member_id)
    ids = {kind: [draft.subject_id for draft in drafts if draft.subject_kind == kind] for kind in DraftKind}
    topics = titles_around(reader, topic_ids=ids[DraftKind.TOPIC], post_ids=ids[DraftKind.POST])
    return render_template("drafts/index.html", drafts=drafts, topics=topics, now=clock.now())


@pages.delete("/drafts/<subject>/<id:subject_id>")
def forget(subject: str, subject_id: int) -> BaseResponse:
    """The words are not wanted."""
    reader = signed_in_reader()
    with transaction():
        actions.forget_draft(reader.member_id, kind_of(subject), subject_id)
    return redirect(url_for("drafts.index"), 303)


def kind_of(subject: str) -> DraftKind:
    """What an address means by "topic"; NotFound for what has no drafts."""
    if subject not in list(DraftKind):
        raise NotFound
    return DraftKind(subject)
