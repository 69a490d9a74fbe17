"""An end to an account: asked for by the member, or by a manager on their behalf; and the ways back."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as BaseResponse

from forum.accounts import queries, rules
from forum.accounts.actions import erasing
from forum.accounts.forms import OwnPasswordForm, ReasonForm
from forum.accounts.models import Erasure
from forum.accounts.views.asking import check_password
from forum.accounts.views.blueprint import pages
from forum.core import web
from forum.core.db import transaction
from forum.core.door import reader_who
from forum.core.errors import Refused
from forum.core.languages import current_speech
from forum.core.languages import gettext as _
from forum.core.web import signed_in_reader
from forum.members import queries as members
from forum.members.models import Member

Page = str | tuple[str, int, dict[str, str]]


@pages.get("/settings/erasure")
def erasure() -> str:
    """What an erasure means, or that one is waited for."""
    return _page(OwnPasswordForm())


def _page(form: OwnPasswordForm, refused: Refused | None = None) -> str:
    member, municipality, _country = members.get_profile(signed_in_reader().member_id, current_speech().locale)
    return render_template(
        "accounts/erasure.html",
        form=form,
        refused=refused,
        member=member,
        municipality=municipality,
        waiting=queries.find_waiting_erasure(member.id),
    )


@pages.put("/erasure")
def ask_erasure() -> BaseResponse | Page:
    """The member wants to be erased."""
    form = OwnPasswordForm.sent()
    try:
        keep_asking_for_own(form)
    except Refused as refused:
        form.take(refused)
        return _page(form, refused), refused.status, refused.headers
    flash(_("Your account is erased in a week. A letter with the way back is on its way to you."))
    return redirect(url_for("accounts.erasure"), 303)


def keep_asking_for_own(form: OwnPasswordForm) -> Erasure:
    """For page and API alike."""
    reader = signed_in_reader()
    member = members.get_member(reader.member_id)
    check_password(form, member)
    with transaction():
        return erasing.ask_erasure(member, by=reader)


@pages.delete("/erasure")
def withdraw_erasure() -> BaseResponse:
    """They stay after all."""
    end_waiting(signed_in_reader().member_id)
    flash(_("Your account stays."))
    return redirect(url_for("accounts.data"), 303)


def end_waiting(member_id: int) -> None:
    """For page and API alike, member and manager; twice does no harm."""
    with transaction():
        if waiting := queries.find_waiting_erasure(member_id):
            erasing.withdraw_erasure(waiting, by=signed_in_reader().id)


@pages.get("/erasure/<token>")
def undo_page(token: str) -> BaseResponse:
    """Behind the link of the letter: one button. Who lost the password comes this way too, so nobody signs in."""
    found = queries.get_undo(token)
    return web.never_kept(render_template("accounts/undo_erasure.html", token=token, due_at=found.due_at))


@pages.post("/erasure/<token>")
def undo(token: str) -> BaseResponse:
    """The account stays."""
    with transaction():
        erasing.undo_erasure(token, queries.get_undo(token))
    flash(_("Your account stays."))
    return redirect(url_for("home.show"), 303)


@pages.get("/members/<id:member_id>/erasure")
def erasure_of(member_id: int) -> str:
    """A manager's page about a member."""
    return _page_of(find_member(member_id), ReasonForm())


def _page_of(member: Member, form: ReasonForm, refused: Refused | None = None) -> str:
    waiting = queries.find_waiting_erasure(member.id)
    return render_template("accounts/erasure_of.html", form=form, refused=refused, member=member, waiting=waiting)


@pages.put("/members/<id:member_id>/erasure")
def ask_erasure_of(member_id: int) -> BaseResponse | Page:
    """They asked a manager to have them erased."""
    member, form = find_member(member_id), ReasonForm.sent()
    try:
        keep_asking_for(member, form)
    except Refused as refused:
        form.take(refused)
        return _page_of(member, form, refused), refused.status, refused.headers
    flash(_("The account is erased in a week. A letter to the member has the way back."))
    return redirect(url_for("accounts.erasure_of", member_id=member_id), 303)


def keep_asking_for(member: Member, form: ReasonForm) -> Erasure:
    """For page and API alike."""
    form.check()
    with transaction():
        return erasing.ask_erasure(member, by=signed_in_reader(), why=form.why.data or "")


@pages.delete("/members/<id:member_id>/erasure")
def withdraw_erasure_of(member_id: int) -> BaseResponse:
    """The account stays."""
    end_waiting(find_member(member_id).id)
    flash(_("The account stays."))
    return redirect(url_for("members.show", member_id=member_id), 303)


def find_member(member_id: int) -> Member:
    """The member whose account a manager may end; raises Forbidden, NotFound."""
    reader = reader_who(rules.may_end_accounts)
    member = members.get_member(member_id)
    erasing.check_rights(member, reader)
    return member
