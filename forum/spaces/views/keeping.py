"""Making a space and changing it: for managers."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as BaseResponse

from forum.core.db import transaction
from forum.core.errors import Forbidden, Refused
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.core.web import signed_in_reader
from forum.spaces import actions, queries, rules
from forum.spaces.forms import SpaceForm
from forum.spaces.models import Space
from forum.spaces.views.blueprint import pages


@pages.get("/spaces/new")
def new() -> str:
    """The form for a new space."""
    _managing_reader()
    return _page(SpaceForm())


@pages.post("/spaces")
def open_space() -> BaseResponse | tuple[str, int]:
    """Make it."""
    reader, form = _managing_reader(), SpaceForm.sent()
    try:
        form.check()
        with transaction():
            space_id = actions.open_space(**form.asked(), by=reader).id
    except Refused as refused:
        form.take(refused)
        return _page(form), refused.status
    flash(_("The space is open. Now say who belongs to it."))
    return redirect(url_for("spaces.members", space_id=space_id), 303)


@pages.get("/spaces/<id:space_id>/edit")
def edit_page(space_id: int) -> str:
    """The form with what holds now."""
    space = _get(space_id)
    names = {f"name_{language}": name for language, name in queries.names_of(space.id).items()}
    return _page(SpaceForm(data=names | {"kind": space.kind, "joining": space.joining}), space)


@pages.put("/spaces/<id:space_id>")
def edit(space_id: int) -> BaseResponse | tuple[str, int]:
    """Change it."""
    space, reader, form = _get(space_id), signed_in_reader(), SpaceForm.sent()
    try:
        form.check()
        with transaction():
            actions.change_space(space, **form.asked(), by=reader)
    except Refused as refused:
        form.take(refused)
        return _page(form, space), refused.status
    flash(_("The space is changed."))
    return redirect(url_for("spaces.show", space_id=space_id), 303)


def _managing_reader() -> Reader:
    reader = signed_in_reader()
    if not rules.may_manage_spaces(reader):
        raise Forbidden
    return reader


def _get(space_id: int) -> Space:
    """The space, for those who may change it; for those who may not even know of it, it is not there."""
    reader = signed_in_reader()
    space = queries.get_space(space_id, reader=reader)
    if not rules.may_manage_spaces(reader):
        raise Forbidden
    return space


def _page(form: SpaceForm, space: Space | None = None) -> str:
    return render_template("spaces/edit.html", form=form, space=space)
