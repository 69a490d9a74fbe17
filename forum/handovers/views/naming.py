"""Naming a successor: by who goes, or by a manager."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as BaseResponse

from forum.core.db import transaction
from forum.core.door import reader_who
from forum.core.errors import NotFound, Refused
from forum.core.languages import current_speech
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.drafts.queries import drafts_of
from forum.handovers import actions, queries
from forum.handovers.forms import HandoverForm
from forum.handovers.models import Handover
from forum.handovers.rules import may_hand_over
from forum.handovers.views.blueprint import pages
from forum.members.models import Member
from forum.members.queries import get_member
from forum.municipalities.queries import name_of


def leaver(member_id: int) -> tuple[Member, Reader]:
    """The member who goes, and the reader who may say who takes over."""
    reader = reader_who(may_hand_over, member_id)
    return get_member(member_id), reader


@pages.get("/members/<id:member_id>/handover")
def page(member_id: int) -> str:
    """Who takes over, what goes along, and what waits already."""
    member, reader = leaver(member_id)
    return _page(member, reader, HandoverForm())


def _page(member: Member, reader: Reader, form: HandoverForm, refused: Refused | None = None) -> str:
    is_own = reader.id == member.id
    waiting = queries.find_waiting(member.id)
    drafts = [one for one in drafts_of(member.id) if one.subject_kind in queries.HANDED] if is_own else []
    return render_template(
        "handovers/naming.html",
        form=form.offer(member),
        refused=refused,
        member=member,
        is_own=is_own,
        municipality=name_of(member.municipality_id, current_speech().locale),
        waiting=waiting,
        successor=get_member(waiting.successor_id) if waiting else None,
        drafts=drafts,
        questions=queries.open_questions(member.id, reader=reader) if is_own else [],
    )


@pages.put("/members/<id:member_id>/handover")
def name_successor(member_id: int) -> BaseResponse | tuple[str, int]:
    """Ask a colleague."""
    (member, reader), form = leaver(member_id), HandoverForm.sent()
    try:
        name_for(member, reader, form)
    except Refused as refused:
        form.take(refused)
        return _page(member, reader, form, refused), refused.status
    flash(_("Your colleague is asked, by a notice and a letter."))
    return redirect(url_for("handovers.page", member_id=member_id), 303)


def name_for(member: Member, reader: Reader, form: HandoverForm) -> Handover:
    """Ask, for page and API alike."""
    form.check()
    with transaction():
        return actions.name_successor(
            get_member(member.id), successor_id=form.successor_id, drafts=form.chosen(), by=reader
        )


@pages.delete("/members/<id:member_id>/handover")
def withdraw(member_id: int) -> BaseResponse:
    """Take it back."""
    _member, reader = leaver(member_id)
    withdraw_for(member_id, reader)
    flash(_("The handover is taken back."))
    return redirect(url_for("handovers.page", member_id=member_id), 303)


def withdraw_for(member_id: int, reader: Reader) -> None:
    """Take it back, for page and API alike."""
    with transaction():
        waiting = queries.find_waiting(member_id)
        if waiting is None:
            raise NotFound
        actions.withdraw(waiting, by=reader)
