"""Accepting an answer to a question, and taking it back."""

from collections.abc import Callable

from flask import redirect, url_for
from werkzeug.wrappers import Response as BaseResponse

from forum.core.db import transaction
from forum.core.web import signed_in_reader
from forum.topics import actions, queries
from forum.topics.views.blueprint import pages
from forum.topics.views.reacting import get_shown


@pages.put("/posts/<id:post_id>/acceptance")
def accept(post_id: int) -> BaseResponse:
    """This post answers the question."""
    change_acceptance(post_id, actions.accept_answer)
    return redirect(url_for("topics.place", post_id=post_id), 303)


@pages.delete("/posts/<id:post_id>/acceptance")
def withdraw(post_id: int) -> BaseResponse:
    """It does not."""
    change_acceptance(post_id, actions.withdraw_answer)
    return redirect(url_for("topics.place", post_id=post_id), 303)


def change_acceptance(post_id: int, act: Callable[..., None]) -> int:
    """Have a post accepted or no longer by who asks; the topic's id."""
    reader = signed_in_reader()
    queries.get_post(post_id, reader=reader)
    with transaction():
        topic, post = get_shown(post_id, reader)
        act(topic, post, by=reader)
    return topic.id
