"""JSON of polls."""

from flask import Blueprint, Response, jsonify

from forum.core.api import AllOf, all_of, json_body
from forum.core.openapi import gives
from forum.core.web import current_reader, signed_in_reader
from forum.surveys import queries
from forum.surveys.forms import PollForm, VoteForm
from forum.surveys.shapes import PollShape, poll_shape
from forum.surveys.views import cast, end, open_as_asked, take_back
from forum.topics.queries import get_topic

pages = Blueprint("surveys_api", __name__, url_prefix="/api/v1")


@pages.get("/topics/<id:topic_id>/polls")
@gives(AllOf[PollShape])
def polls(topic_id: int) -> Response:
    """The polls of a topic, the oldest first."""
    reader = current_reader()
    topic = get_topic(topic_id, reader=reader)
    return all_of(poll_shape(queries.poll_seen(poll, reader)) for poll in queries.polls_of(topic.id))


@pages.post("/topics/<id:topic_id>/polls")
@gives(PollShape, 201, takes=PollForm, refuses={409: None})
def open_poll(topic_id: int) -> tuple[Response, int]:
    """Open a poll; `options` are their words, `closes_at` is a moment, without a zone in the reader's."""
    topic = get_topic(topic_id, reader=signed_in_reader())
    return _one(open_as_asked(topic, PollForm.of_json(json_body()))), 201


@pages.get("/polls/<id:poll_id>")
@gives(PollShape)
def poll(poll_id: int) -> Response:
    """One poll."""
    return _one(poll_id)


@pages.put("/polls/<id:poll_id>/vote")
@gives(PollShape, takes=VoteForm, refuses={409: None})
def vote(poll_id: int) -> Response:
    """Vote, or vote anew; `options` are ids, the best first where they are ranked."""
    poll = queries.get_poll(poll_id, reader=signed_in_reader())
    form = VoteForm.of_json(json_body())
    form.check()
    cast(poll, form.options.data or [])
    return _one(poll_id)


@pages.delete("/polls/<id:poll_id>/vote")
@gives(PollShape, refuses={409: None})
def withdraw(poll_id: int) -> Response:
    """Take the vote back."""
    take_back(queries.get_poll(poll_id, reader=signed_in_reader()))
    return _one(poll_id)


@pages.put("/polls/<id:poll_id>/closing")
@gives(PollShape)
def close(poll_id: int) -> Response:
    """Close a poll: no votes any more."""
    end(queries.get_poll(poll_id, reader=signed_in_reader()))
    return _one(poll_id)


def _one(poll_id: int) -> Response:
    reader = current_reader()
    return jsonify(poll_shape(queries.poll_seen(queries.get_poll(poll_id, reader=reader), reader)))
