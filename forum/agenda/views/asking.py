"""Asking for something: the form, the requests that are like it, the same in other words, taking it back."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, url_for
from sqlalchemy import Row
from werkzeug.wrappers import Response as BaseResponse

from forum.agenda import actions, queries, rules
from forum.agenda.forms import ChangeForm, RequestForm
from forum.agenda.queries.similar import similar_to
from forum.agenda.views.blueprint import pages
from forum.core.db import transaction
from forum.core.errors import Conflict, Forbidden, Refused
from forum.core.languages import current_speech
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.core.web import signed_in_reader


@pages.get("/requests/new")
def new() -> str:
    """The form."""
    return _page(signed_in_reader(), RequestForm())


@pages.post("/requests")
def ask() -> BaseResponse | tuple[str, int]:
    """Ask. Whoever has not seen that others ask for the same is shown it first, and nothing is lost."""
    reader, form = signed_in_reader(), RequestForm.sent()
    try:
        form.check()
        if not form.anyway.data and (like := similar_to(form.title.data or "", reader=reader)):
            return _page(reader, form, like=like), Conflict.status
        request_id = ask_as_sent(form, reader)
    except Refused as refused:
        form.take(refused)
        return _page(reader, form, refused=refused), refused.status
    flash(_("It stands among the requests now. You are told what becomes of it."))
    return redirect(url_for("agenda.show", request_id=request_id), 303)


def ask_as_sent(form: RequestForm, reader: Reader) -> int:
    """The id of the request that the form asks for."""
    spaces = queries.spaces_to_ask_in(reader, current_speech().locale)
    with transaction():
        return actions.ask(
            form.said(), space_id=form.space_id(usual=spaces[0].id if spaces else 0), by=reader, key=form.key.data
        )


def _page(reader: Reader, form: RequestForm, *, like: Sequence[Row] = (), refused: Refused | None = None) -> str:
    spaces = queries.spaces_to_ask_in(reader, current_speech().locale)
    form.space.choices = [(str(one.id), one.name) for one in spaces]
    return render_template(
        "agenda/new.html",
        form=form,
        like=like,
        refused=refused,
        spaces=spaces,
        has_voice=rules.may_second(reader),
    )


@pages.get("/requests/<id:request_id>/edit")
def edit_page(request_id: int) -> str:
    """The form for other words."""
    reader = signed_in_reader()
    row = _own(request_id, reader)
    return _edit_page(row, ChangeForm(data={"title": row.title, "words": row.words, "language": row.language}))


def _own(request_id: int, reader: Reader) -> Row:
    row = queries.get_request_row(request_id, reader=reader, language=current_speech().locale)
    if row.asker_id != reader.id:
        raise Forbidden
    return row


def _edit_page(row: Row, form: ChangeForm, refused: Refused | None = None) -> str:
    return render_template("agenda/edit.html", row=row, form=form, refused=refused)


@pages.put("/requests/<id:request_id>")
def change(request_id: int) -> BaseResponse | tuple[str, int]:
    """Say it in other words."""
    reader, form = signed_in_reader(), ChangeForm.sent()
    row = _own(request_id, reader)
    try:
        change_as_sent(request_id, form, reader)
    except Refused as refused:
        form.take(refused)
        return _edit_page(row, form, refused), refused.status
    flash(_("Saved."))
    return redirect(url_for("agenda.show", request_id=request_id), 303)


def change_as_sent(request_id: int, form: ChangeForm, reader: Reader) -> None:
    """For page and API."""
    form.check()
    with transaction():
        actions.change(queries.get_request(request_id, reader=reader), form.said(), by=reader)


@pages.delete("/requests/<id:request_id>")
def withdraw(request_id: int) -> BaseResponse:
    """Take it back."""
    withdraw_own(request_id)
    flash(_("Your request is taken back."))
    return redirect(url_for("agenda.index"), 303)


def withdraw_own(request_id: int) -> None:
    """For page and API."""
    reader = signed_in_reader()
    with transaction():
        actions.withdraw(queries.get_request(request_id, reader=reader), by=reader)
