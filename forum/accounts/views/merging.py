"""Two accounts of one person: a manager looks at both side by side, and says which stays."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from forum.accounts import queries
from forum.accounts.actions import merging
from forum.accounts.forms import MergeForm, OtherFilter
from forum.accounts.views.blueprint import pages
from forum.accounts.views.erasing import find_member
from forum.core.db import transaction
from forum.core.errors import NotFound, Refused
from forum.core.languages import current_speech
from forum.core.languages import gettext as _
from forum.core.web import signed_in_reader
from forum.members.models import Member

Page = str | tuple[str, int, dict[str, str]]


@pages.get("/members/<id:member_id>/merging")
def merging_page(member_id: int) -> str:
    """Find the other account (`?name=`), then see both (`?other=`)."""
    member = find_member(member_id)
    asked = request.args.get("other", "")
    if not asked:
        form = OtherFilter(request.args)
        found = queries.others_like(member, form.asked().get("name", ""), current_speech().locale)
        return render_template("accounts/find_double.html", member=member, form=form, found=found)
    if not (asked.isascii() and asked.isdigit()) or len(asked) > 15:
        raise NotFound
    return _page(member, int(asked), MergeForm(data={"other": int(asked), "stays": member_id}))


def _page(member: Member, other_id: int, form: MergeForm, refused: Refused | None = None) -> str:
    pair = merging.find_pair(member.id, other_id, by=signed_in_reader())
    sides = [queries.side_of(one, current_speech().locale) for one in pair]
    return render_template("accounts/merge.html", member=member, sides=sides, form=form, refused=refused)


@pages.post("/members/<id:member_id>/merging")
def merge(member_id: int) -> BaseResponse | Page:
    """Make them one."""
    member, form = find_member(member_id), MergeForm.sent()
    try:
        stays = keep_merging(member_id, form)
    except Refused as refused:
        form.take(refused)
        if not form.other.data or refused.status in (403, 404) or refused.fields.get("other"):
            raise
        return _page(member, form.other.data, form, refused), refused.status, refused.headers
    flash(_("The two accounts are one now."))
    return redirect(url_for("members.show", member_id=stays), 303)


def keep_merging(member_id: int, form: MergeForm) -> int:
    """For page and API alike; the id of the account that stays."""
    form.check()
    stays, goes = member_id, form.other.data or 0
    if form.stays.data == goes:
        stays, goes = goes, stays
    with transaction():
        merging.merge_accounts(stays, goes, by=signed_in_reader(), why=form.why.data or "")
    return stays
