"""The list of requests, one of them, and the voices behind it."""

from dataclasses import dataclass, field

from flask import flash, redirect, render_template, request, url_for
from sqlalchemy import Row
from werkzeug.wrappers import Response as BaseResponse

from forum.agenda import actions, queries, rules
from forum.agenda.forms import AnswerForm, DeclineForm, MergeForm, RequestFilter, ScheduleForm
from forum.agenda.models import RequestState
from forum.agenda.queries.similar import similar_to
from forum.agenda.views.blueprint import pages
from forum.core import clock
from forum.core.db import transaction
from forum.core.errors import NotFound, Refused
from forum.core.forms import Shape
from forum.core.languages import current_speech, direction
from forum.core.languages import gettext as _
from forum.core.paging import Page
from forum.core.reader import Reader
from forum.core.web import current_reader, signed_in_reader
from forum.spaces.models import SpaceKind
from forum.workshops.queries import coming, get_workshop

LISTED = (RequestState.OPEN, RequestState.SCHEDULED, RequestState.ANSWERED, RequestState.DECLINED)


@pages.get("/requests")
def index() -> str:
    """What the network asks for: `?state=`, `?order=newest`, `?workshop=`; managers also `?waiting=long`."""
    reader, form = current_reader(), RequestFilter(request.args)
    may_decide = rules.may_decide(reader)
    workshop = asked_workshop(form, reader)
    return render_template(
        "agenda/index.html",
        page=asked_page(form, reader),
        form=form,
        workshop=workshop,
        state=asked_state(form),
        waits_long=may_decide and form.waiting.data == "long",
        waiting=queries.count_waiting_long(reader) if may_decide else 0,
        may_ask=rules.may_ask(reader),
        now=clock.now(),
    )


def asked_state(form: RequestFilter) -> str:
    """The state whose requests are listed; open ones unless it says otherwise."""
    return form.state.data if form.state.data in LISTED else RequestState.OPEN


def asked_workshop(form: RequestFilter, reader: Reader) -> Row | None:
    """The event whose requests are listed, if any; NotFound where the reader does not see it."""
    given = form.workshop.data or ""
    if not given:
        return None
    if not (given.isascii() and given.isdigit() and len(given) < 18):
        raise NotFound
    return get_workshop(int(given), reader=reader, language=current_speech().locale)


def asked_page(form: RequestFilter, reader: Reader) -> Page[Row]:
    """The page of the list that the address asks for."""
    workshop = asked_workshop(form, reader)
    return queries.requests_page(
        reader,
        current_speech().locale,
        state=asked_state(form),
        workshop_id=workshop.id if workshop else None,
        newest=form.order.data == "newest",
        waits_long=form.waiting.data == "long" and rules.may_decide(reader),
        cursor=request.args.get("cursor"),
    )


@pages.get("/requests/<id:request_id>")
def show(request_id: int) -> str:
    """One request; managers decide here."""
    return request_page(request_id)


@dataclass
class Desk:
    """The managers' forms; the one that was refused has its words."""

    answer: AnswerForm = field(default_factory=AnswerForm)
    schedule: ScheduleForm = field(default_factory=ScheduleForm)
    decline: DeclineForm = field(default_factory=DeclineForm)
    merge: MergeForm = field(default_factory=MergeForm)


def request_page(request_id: int, *, form: Shape | None = None, refused: Refused | None = None) -> str:
    """The page, with the form that was refused, if one was."""
    reader, language = current_reader(), current_speech().locale
    row = queries.get_request_row(request_id, reader=reader, language=language)
    decides = rules.may_decide(reader)
    voices = queries.voices_of(row.id, language)
    others = sum(one.municipality_id != row.municipality_id for one in voices)
    desk = Desk()
    for name in vars(desk):
        if form is not None and isinstance(form, type(getattr(desk, name))):
            setattr(desk, name, form)
    is_open = row.state == RequestState.OPEN
    return render_template(
        "agenda/show.html",
        wanted=row,
        voices=voices,
        merged=queries.merged_into(row.id, reader=reader),
        takes_voices=row.state in rules.TAKES_VOICES,
        may_second=rules.may_second(reader),
        may_change=rules.may_change(reader, row, others=others),
        decides=decides,
        desk=desk,
        refused=refused,
        refused_form=form,
        events=coming(reader, language) if decides and is_open else [],
        like=similar_to(row.title, reader=reader, but=[row.id]) if decides and is_open else [],
        answer_direction=direction(row.answer),
        unlisted=row.space_kind != SpaceKind.PUBLIC,
        now=clock.now(),
    )


@pages.put("/requests/<id:request_id>/voice")
def second(request_id: int) -> BaseResponse:
    """The reader's municipality needs it too."""
    add_voice(request_id)
    flash(_("Your municipality stands behind it now."))
    return redirect(url_for("agenda.show", request_id=request_id), 303)


def add_voice(request_id: int) -> None:
    """For page and API."""
    reader = signed_in_reader()
    with transaction():
        actions.second(queries.get_request(request_id, reader=reader), by=reader)


@pages.delete("/requests/<id:request_id>/voice")
def take_back(request_id: int) -> BaseResponse:
    """It does not any more."""
    remove_voice(request_id)
    flash(_("Your municipality does not stand behind it any more."))
    return redirect(url_for("agenda.show", request_id=request_id), 303)


def remove_voice(request_id: int) -> None:
    """For page and API."""
    reader = signed_in_reader()
    with transaction():
        actions.take_back(queries.get_request(request_id, reader=reader), by=reader)
