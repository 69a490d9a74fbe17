"""JSON of notices."""

from flask import Blueprint, Response, jsonify, request
from sqlalchemy import Row

from forum.core.api import PageOf, list_of
from forum.core.db import transaction
from forum.core.languages import current_speech
from forum.core.openapi import gives
from forum.core.paging import Page
from forum.core.web import signed_in_reader
from forum.notifications import actions, queries
from forum.notifications.shapes import NoticeShape, UnreadShape, notice_shape

pages = Blueprint("notifications_api", __name__, url_prefix="/api/v1")


@pages.get("/notices")
@gives(PageOf[NoticeShape], guests=False)
def notices() -> Response:
    """What the member was told, the newest first."""
    return list_of(_page(), notice_shape)


def _page() -> Page[Row]:
    return queries.notices_of(signed_in_reader(), current_speech().locale, cursor=request.args.get("cursor"))


@pages.put("/notices/<id:notice_id>/read")
@gives(UnreadShape)
def read(notice_id: int) -> Response:
    """Mark one notice as seen; answers how many still wait."""
    reader = signed_in_reader()
    with transaction():
        actions.mark_read(reader, notice_id)
    return jsonify({"unread": queries.count_unread(reader.member_id)})


@pages.put("/notices/read")
@gives(UnreadShape)
def read_all() -> Response:
    """Mark all notices as seen; answers how many still wait."""
    reader = signed_in_reader()
    with transaction():
        actions.mark_all_read(reader)
    return jsonify({"unread": queries.count_unread(reader.member_id)})
