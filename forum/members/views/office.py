"""Where a member works and as what: changed by managers; left by the member too."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as BaseResponse

from forum.core.db import transaction
from forum.core.door import reader_who
from forum.core.errors import Refused
from forum.core.languages import current_speech
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.members import queries, rules
from forum.members.actions import moving
from forum.members.forms import OfficeForm
from forum.members.models import Member
from forum.members.views.blueprint import pages
from forum.municipalities.queries import name_of


def mover(member_id: int) -> tuple[Member, Reader]:
    """The member, for who may say where they work."""
    reader = reader_who(rules.may_move_member)
    return queries.get_member(member_id), reader


def goer(member_id: int) -> tuple[Member, Reader]:
    """The member, for who may say that they have left."""
    reader = reader_who(rules.may_leave_office, member_id)
    return queries.get_member(member_id), reader


@pages.get("/members/<id:member_id>/office")
def office(member_id: int) -> str:
    """What holds now, and the ways from here."""
    member, reader = goer(member_id)
    held = {"municipality": str(member.municipality_id or ""), "post_held": member.post_held}
    return _page(member, reader, OfficeForm(data=held))


def _page(member: Member, reader: Reader, form: OfficeForm, refused: Refused | None = None) -> str:
    return render_template(
        "members/office.html",
        member=member,
        municipality=name_of(member.municipality_id, current_speech().locale),
        form=form,
        refused=refused,
        may_move=rules.may_move_member(reader),
        is_own=reader.id == member.id,
    )


@pages.put("/members/<id:member_id>/office")
def move(member_id: int) -> BaseResponse | tuple[str, int]:
    """They work elsewhere now."""
    (member, reader), form = mover(member_id), OfficeForm.sent()
    try:
        move_to(member, reader, form)
    except Refused as refused:
        form.take(refused)
        return _page(member, reader, form, refused), refused.status
    flash(_("Kept. What they wrote before stays with the municipality of that time."))
    return redirect(url_for("members.show", member_id=member_id), 303)


def move_to(member: Member, reader: Reader, form: OfficeForm) -> None:
    """Move, for page and API alike."""
    form.check()
    with transaction():
        moving.move_member(
            queries.get_member(member.id),
            municipality_id=form.municipality_id,
            post_held=form.post_held.data or "",
            by=reader,
        )


@pages.delete("/members/<id:member_id>/office")
def leave(member_id: int) -> BaseResponse:
    """They hold no post any more."""
    _member, reader = goer(member_id)
    leave_for(member_id, reader)
    flash(_("Kept. What they wrote before stays with the municipality of that time."))
    return redirect(url_for("members.show", member_id=member_id), 303)


def leave_for(member_id: int, reader: Reader) -> None:
    """Leave, for page and API alike."""
    with transaction():
        moving.leave_office(queries.get_member(member_id), by=reader)
