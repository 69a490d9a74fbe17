"""Shutting members out and letting them in again: pages for managers."""

from datetime import datetime, timedelta

from flask import flash, redirect, render_template, request, url_for
from sqlalchemy import Row
from werkzeug.wrappers import Response as BaseResponse

from forum.core import clock, web
from forum.core.db import transaction
from forum.core.door import reader_who
from forum.core.errors import Refused
from forum.core.languages import current_speech, utc_to_wall
from forum.core.languages import gettext as _
from forum.core.paging import Page
from forum.core.web import signed_in_reader
from forum.members import queries
from forum.members.actions import suspending
from forum.members.forms.suspending import SuspensionForm
from forum.members.models import Member
from forum.members.queries import suspensions as reads
from forum.members.rules import may_suspend
from forum.members.views.blueprint import pages


@pages.get("/suspensions")
def suspensions() -> BaseResponse:
    """Who is shut out now."""
    return web.never_kept(render_template("members/suspensions.html", page=list_of_suspended(), now=clock.now()))


def list_of_suspended() -> Page[Row]:
    """The page that is asked for, for page and API alike."""
    reader_who(may_suspend)
    return reads.suspended(cursor=request.args.get("cursor"))


@pages.get("/members/<id:member_id>/suspension")
def suspension(member_id: int) -> BaseResponse:
    """The form, and what holds now."""
    member = get_shut_out(member_id)
    found = reads.find_suspension(member.id)
    shown = {"why": found.why, "last_day": last_day(found.until)} if found else {}
    return web.never_kept(_page(member, SuspensionForm(data=shown)))


@pages.put("/members/<id:member_id>/suspension")
def suspend(member_id: int) -> BaseResponse | tuple[str, int]:
    """Shut them out; done again, it holds for the new time."""
    member, form = get_shut_out(member_id), SuspensionForm.sent()
    try:
        shut_out(member, form)
    except Refused as refused:
        form.take(refused)
        return _page(member, form, refused), refused.status
    flash(_("%(name)s is suspended and gets a letter.", name=f"\u2068{member.display_name}\u2069"))
    return redirect(url_for("members.suspensions"), 303)


@pages.delete("/members/<id:member_id>/suspension")
def lift(member_id: int) -> BaseResponse:
    """Let them in again."""
    member = get_shut_out(member_id)
    lift_again(member)
    flash(_("%(name)s may sign in again and gets a letter.", name=f"\u2068{member.display_name}\u2069"))
    return redirect(url_for("members.suspensions"), 303)


def shut_out(member: Member, form: SuspensionForm) -> None:
    """For page and API alike."""
    form.check()
    until = form.until()
    with transaction():
        suspending.suspend_member(member, by=signed_in_reader(), why=form.why.data or "", until=until)


def lift_again(member: Member) -> None:
    """For page and API alike."""
    with transaction():
        suspending.lift_suspension(member, by=signed_in_reader())


def last_day(until: datetime | None) -> str:
    """The day before `until`, where the reader is, as a form takes it."""
    return (utc_to_wall(until, current_speech().zone) - timedelta(seconds=1)).date().isoformat() if until else ""


def get_shut_out(member_id: int) -> Member:
    """Whom the reader may shut out."""
    reader = reader_who(may_suspend)
    member = queries.get_member(member_id)
    suspending.check_suspending(member, by=reader)
    return member


def _page(member: Member, form: SuspensionForm, refused: Refused | None = None) -> str:
    return render_template(
        "members/suspension.html",
        member=member,
        found=reads.find_suspension(member.id),
        form=form,
        refused=refused,
        today=utc_to_wall(clock.now(), current_speech().zone).date().isoformat(),
    )
