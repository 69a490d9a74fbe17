"""Who belongs to a space: asking to join, deciding, adding, taking out, going."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from forum.core import clock
from forum.core.db import transaction
from forum.core.errors import Forbidden, Refused
from forum.core.languages import current_speech
from forum.core.languages import gettext as _
from forum.core.web import signed_in_reader
from forum.members.queries.names import directory
from forum.spaces import actions, queries, rules
from forum.spaces.forms import AskForm, FindForm
from forum.spaces.views.blueprint import pages
from forum.spaces.views.showing import page


@pages.get("/spaces/<id:space_id>/members")
def members(space_id: int) -> str:
    """Who belongs to it, for those who belong and for managers, who also decide on requests and add by name."""
    reader, language = signed_in_reader(), current_speech().locale
    space = queries.get_space_row(space_id, reader=reader, language=language)
    may_manage = rules.may_manage_spaces(reader)
    if not may_manage and not rules.may_read_space(reader, space.kind, belongs=space.belongs):
        raise Forbidden
    form = FindForm(request.args)
    asked = form.asked()
    return render_template(
        "spaces/members.html",
        space=space,
        form=form,
        page=queries.member_page(space_id, language, cursor=request.args.get("cursor")),
        found=directory(language, **asked).items if may_manage and asked else None,
        inside=set(queries.members_of(space_id)) if may_manage and asked else (),
        requests=queries.requests_of(space_id, language) if may_manage else [],
        may_manage=may_manage,
        now=clock.now(),
    )


@pages.put("/spaces/<id:space_id>/members/<id:member_id>")
def add(space_id: int, member_id: int) -> BaseResponse:
    """Let somebody in; it also grants their request."""
    reader = signed_in_reader()
    space = queries.get_space(space_id, reader=reader)
    with transaction():
        actions.add_to_space(space, member_id=member_id, by=reader)
    flash(_("They see the space from now on, and are told."))
    return redirect(url_for("spaces.members", space_id=space_id), 303)


@pages.delete("/spaces/<id:space_id>/members/<id:member_id>")
def remove(space_id: int, member_id: int) -> BaseResponse:
    """Take somebody out, or go."""
    reader = signed_in_reader()
    space = queries.get_space(space_id, reader=reader)
    with transaction():
        actions.remove_from_space(space, member_id=member_id, by=reader)
    if member_id == reader.id:
        flash(_("You do not belong to the space any more."))
        return redirect(url_for("spaces.index"), 303)
    flash(_("They do not see the space any more, from this moment."))
    return redirect(url_for("spaces.members", space_id=space_id), 303)


@pages.put("/spaces/<id:space_id>/request")
def ask(space_id: int) -> BaseResponse | tuple[str, int]:
    """Ask to be let in."""
    reader = signed_in_reader()
    space = queries.get_space(space_id, reader=reader)
    form = AskForm.sent()
    try:
        form.check()
        with transaction():
            actions.ask_to_join(space, reader=reader, why=form.why.data or "")
    except Refused as refused:
        if not refused.fields:
            raise
        form.take(refused)
        row = queries.get_space_row(space_id, reader=reader, language=current_speech().locale)
        return page(row, reader, form), refused.status
    flash(_("Your request is with the managers. You are told here when they have decided."))
    return redirect(url_for("spaces.show", space_id=space_id), 303)


@pages.delete("/spaces/<id:space_id>/request")
def withdraw(space_id: int) -> BaseResponse:
    """Ask no more."""
    reader = signed_in_reader()
    space = queries.get_space(space_id, reader=reader)
    with transaction():
        actions.withdraw_request(space, reader=reader)
    flash(_("Your request is withdrawn."))
    return redirect(url_for("spaces.show", space_id=space_id), 303)


@pages.delete("/spaces/<id:space_id>/requests/<id:member_id>")
def decline(space_id: int, member_id: int) -> BaseResponse:
    """Do not let them in; approving is adding."""
    reader = signed_in_reader()
    space = queries.get_space(space_id, reader=reader)
    with transaction():
        actions.decline_request(space, member_id=member_id, by=reader)
    flash(_("The request is declined, and they are told."))
    return redirect(url_for("spaces.members", space_id=space_id), 303)
