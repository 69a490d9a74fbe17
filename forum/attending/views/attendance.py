"""Who is here: one tap, and the list that staff keeps."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from forum.attending import actions, queries
from forum.attending.forms import FindMemberForm
from forum.attending.views.blueprint import back_to_live, pages, seen_workshop, staffed
from forum.core.db import transaction
from forum.core.languages import current_speech
from forum.core.languages import gettext as _
from forum.core.web import signed_in_reader
from forum.members.queries.names import directory
from forum.workshops.queries import get_row


@pages.put("/workshops/<id:workshop_id>/attendance/mine")
def arrive(workshop_id: int) -> BaseResponse:
    """I am here."""
    note_own(workshop_id)
    flash(_("Welcome. It is noted that you are here."))
    return back_to_live(workshop_id)


def note_own(workshop_id: int) -> None:
    """For page and API."""
    reader, workshop = signed_in_reader(), seen_workshop(workshop_id)
    with transaction():
        actions.arrive(workshop, by=reader)


@pages.delete("/workshops/<id:workshop_id>/attendance/mine")
def leave(workshop_id: int) -> BaseResponse:
    """The tap was a mistake."""
    take_own_back(workshop_id)
    flash(_("It is taken back."))
    return back_to_live(workshop_id)


def take_own_back(workshop_id: int) -> None:
    """For page and API."""
    reader, workshop = signed_in_reader(), seen_workshop(workshop_id)
    with transaction():
        actions.leave(workshop, by=reader)


@pages.get("/workshops/<id:workshop_id>/attendance")
def attendance(workshop_id: int) -> str:
    """Who came, who is expected, and anybody by name; for staff."""
    workshop, language = staffed(workshop_id), current_speech().locale
    form = FindMemberForm(request.args)
    asked = form.asked()
    return render_template(
        "attending/attendance.html",
        workshop=workshop,
        form=form,
        here=queries.count_here(workshop.id),
        came=queries.attended(workshop.id, language, cursor=request.args.get("cursor")),
        expected=queries.expected(workshop.id, language, cursor=request.args.get("expected")),
        found=directory(language, **asked).items if asked else None,
        inside=set(queries.members_here(workshop.id)) if asked else (),
        unlisted=True,
    )


@pages.put("/workshops/<id:workshop_id>/attendance/members/<id:member_id>")
def note_member(workshop_id: int, member_id: int) -> BaseResponse:
    """A member was there."""
    note(workshop_id, member_id=member_id)
    return _back(workshop_id, _("It is noted that they were there."))


@pages.delete("/workshops/<id:workshop_id>/attendance/members/<id:member_id>")
def take_off_member(workshop_id: int, member_id: int) -> BaseResponse:
    """They were not."""
    take_off(workshop_id, member_id=member_id)
    return _back(workshop_id, _("They are off the list."))


@pages.put("/workshops/<id:workshop_id>/attendance/registrations/<id:registration_id>")
def note_guest(workshop_id: int, registration_id: int) -> BaseResponse:
    """Somebody who registered was there."""
    note(workshop_id, registration_id=registration_id)
    return _back(workshop_id, _("It is noted that they were there."))


@pages.delete("/workshops/<id:workshop_id>/attendance/registrations/<id:registration_id>")
def take_off_guest(workshop_id: int, registration_id: int) -> BaseResponse:
    """They were not."""
    take_off(workshop_id, registration_id=registration_id)
    return _back(workshop_id, _("They are off the list."))


def note(workshop_id: int, **who: int) -> None:
    """For page and API: `member_id` or `registration_id`."""
    workshop, reader = staffed(workshop_id), signed_in_reader()
    done = actions.note_member if "member_id" in who else actions.note_guest
    with transaction():
        done(get_row(workshop.id), **who, by=reader)


def take_off(workshop_id: int, **who: int) -> None:
    """The other way round."""
    workshop, reader = staffed(workshop_id), signed_in_reader()
    done = actions.take_off_member if "member_id" in who else actions.take_off_guest
    with transaction():
        done(get_row(workshop.id), **who, by=reader)


def _back(workshop_id: int, words: str) -> BaseResponse:
    flash(words)
    return redirect(url_for("attending.attendance", workshop_id=workshop_id), 303)
