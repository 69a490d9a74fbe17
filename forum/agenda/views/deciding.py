"""What becomes of a request: the managers' four decisions, and taking one back."""

from collections.abc import Callable

from flask import flash, redirect, url_for
from werkzeug.wrappers import Response as BaseResponse

from forum.agenda import actions, queries, rules
from forum.agenda.forms import AnswerForm, DeclineForm, MergeForm, ScheduleForm
from forum.agenda.models import AgendaRequest
from forum.agenda.views.blueprint import pages
from forum.agenda.views.showing import request_page
from forum.core.db import transaction
from forum.core.errors import Conflict, Forbidden, Invalid, NotFound
from forum.core.forms import Shape
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.core.web import signed_in_reader

Decision = Callable[[AgendaRequest, Reader], None]


def manager_of(request_id: int) -> Reader:
    """The manager who asks; a request that they do not see is not there, and nobody else decides."""
    reader = signed_in_reader()
    queries.get_request(request_id, reader=reader)
    if not rules.may_decide(reader):
        raise Forbidden
    return reader


def decide(request_id: int, form: Shape | None, decision: Decision) -> None:
    """For page and API: check what was sent, and do it."""
    reader = manager_of(request_id)
    if form is not None:
        form.check()
    with transaction():
        decision(queries.get_request(request_id, reader=reader), reader)


def by_answering(form: AnswerForm) -> Decision:
    """Answered where a link leads to."""
    return lambda row, by: actions.answer(row, link=form.link.data or "", words=form.words.data or "", by=by)


def by_scheduling(form: ScheduleForm) -> Decision:
    """Taken up by an event."""
    return lambda row, by: actions.schedule(row, workshop_id=form.workshop.data or 0, by=by)


def by_declining(form: DeclineForm) -> Decision:
    """Not taken up."""
    return lambda row, by: actions.decline(row, reason=form.reason.data or "", by=by)


def by_merging(form: MergeForm) -> Decision:
    """The same as another."""

    def merge(row: AgendaRequest, by: Reader) -> None:
        try:
            into = queries.get_request(form.into.data or 0, reader=by)
        except NotFound:
            raise Invalid(fields={"into": _("There is no request with this number.")}) from None
        actions.merge(row, into=into, by=by)

    return merge


def by_reopening(row: AgendaRequest, by: Reader) -> None:
    """Open again."""
    actions.reopen(row, by=by)


def _answer_page(request_id: int, form: Shape | None, decision: Decision, done: str) -> BaseResponse | tuple[str, int]:
    try:
        decide(request_id, form, decision)
    except (Invalid, Conflict) as refused:
        if form is not None:
            form.take(refused)
        return request_page(request_id, form=form, refused=refused), refused.status
    flash(done)
    return redirect(url_for("agenda.show", request_id=request_id), 303)


@pages.put("/requests/<id:request_id>/answer")
def answer(request_id: int) -> BaseResponse | tuple[str, int]:
    """It is answered where the link leads to."""
    form = AnswerForm.sent()
    return _answer_page(request_id, form, by_answering(form), _("Answered. Those who asked are told."))


@pages.put("/requests/<id:request_id>/schedule")
def schedule(request_id: int) -> BaseResponse | tuple[str, int]:
    """An event takes it up."""
    form = ScheduleForm.sent()
    return _answer_page(request_id, form, by_scheduling(form), _("Planned. Those who asked are told."))


@pages.put("/requests/<id:request_id>/refusal")
def decline(request_id: int) -> BaseResponse | tuple[str, int]:
    """The network does not take it up."""
    form = DeclineForm.sent()
    return _answer_page(request_id, form, by_declining(form), _("Declined. Those who asked are told why."))


@pages.put("/requests/<id:request_id>/merger")
def merge(request_id: int) -> BaseResponse | tuple[str, int]:
    """It asks for the same as another."""
    form = MergeForm.sent()
    return _answer_page(request_id, form, by_merging(form), _("The two are one now. Those who asked are told."))


@pages.delete("/requests/<id:request_id>/decision")
def reopen(request_id: int) -> BaseResponse | tuple[str, int]:
    """Take the decision back."""
    return _answer_page(request_id, None, by_reopening, _("Open again."))
