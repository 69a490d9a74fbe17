"""A handover as the two whom it is about see it, and the successor's answer."""

from collections.abc import Callable, Sequence

from flask import flash, redirect, render_template, url_for
from sqlalchemy import Row
from werkzeug.wrappers import Response as BaseResponse

from forum.core.db import transaction
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.core.web import signed_in_reader
from forum.handovers import actions, queries
from forum.handovers.models import Handover, HandoverState
from forum.handovers.rules import may_decide
from forum.handovers.views.blueprint import pages
from forum.members.queries import get_member


@pages.get("/handovers/<id:handover_id>")
def show(handover_id: int) -> str:
    """What it is about, and for the successor the two answers."""
    reader = signed_in_reader()
    handover = queries.get_handover(handover_id, reader=reader)
    decides = may_decide(reader, handover) and handover.state == HandoverState.WAITING
    return render_template(
        "handovers/show.html",
        handover=handover,
        leaver=get_member(handover.leaver_id),
        successor=get_member(handover.successor_id),
        decides=decides,
        followed=len(queries.followed_topics(handover.leaver_id, reader=reader)) if decides else 0,
        drafts=len(queries.chosen_drafts(handover, reader=reader)) if decides else 0,
        questions=questions_of(handover, reader),
    )


def questions_of(handover: Handover, reader: Reader) -> Sequence[Row]:
    """The questions that would be the successor's to settle, for the two alone, as far as each may read them."""
    if handover.state != HandoverState.WAITING or reader.id not in (handover.leaver_id, handover.successor_id):
        return ()
    return queries.open_questions(handover.leaver_id, reader=reader)


@pages.put("/handovers/<id:handover_id>/confirmation")
def confirm(handover_id: int) -> BaseResponse:
    """The successor takes over."""
    return _answer(handover_id, actions.confirm, _("You have taken over. Your colleague is told."))


@pages.put("/handovers/<id:handover_id>/refusal")
def decline(handover_id: int) -> BaseResponse:
    """The successor does not."""
    return _answer(handover_id, actions.decline, _("You have declined. Your colleague is told."))


def _answer(handover_id: int, act: Callable[..., None], said: str) -> BaseResponse:
    answer_with(handover_id, act)
    flash(said)
    return redirect(url_for("handovers.show", handover_id=handover_id), 303)


def answer_with(handover_id: int, act: Callable[..., None]) -> Handover:
    """Answer, for page and API alike."""
    reader = signed_in_reader()
    queries.get_handover(handover_id, reader=reader)
    with transaction():
        handover = queries.get_handover(handover_id, reader=reader)
        act(handover, by=reader)
    return handover
