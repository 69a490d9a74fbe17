"""JSON of what a member started and wrote."""

from flask import Response, request

from forum.core.api import PageOf, list_of
from forum.core.languages import current_speech
from forum.core.openapi import gives
from forum.core.web import current_reader
from forum.members.queries import get_member
from forum.topics import queries
from forum.topics.api.blueprint import pages
from forum.topics.queries.contributions import posts_by, topics_by
from forum.topics.shapes.posts import ContributionShape, contribution_shape
from forum.topics.shapes.topics import TopicShape, topic_shape


@pages.get("/members/<id:member_id>/posts")
@gives(PageOf[ContributionShape])
def posts_of(member_id: int) -> Response:
    """Their posts that the reader may see, the newest first."""
    get_member(member_id)
    return list_of(posts_by(member_id, reader=current_reader(), cursor=request.args.get("cursor")), contribution_shape)


@pages.get("/members/<id:member_id>/topics")
@gives(PageOf[TopicShape])
def topics_of(member_id: int) -> Response:
    """The topics that they started and the reader may see, the newest reply first."""
    get_member(member_id)
    language = current_speech().locale
    page = topics_by(member_id, reader=current_reader(), language=language, cursor=request.args.get("cursor"))
    labels = queries.labels_for([row.id for row in page.items], language)
    return list_of(page, lambda row: topic_shape(row, labels[row.id]))
