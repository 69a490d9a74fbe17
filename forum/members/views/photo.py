"""A member's own photo."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as BaseResponse

from forum.core.db import transaction
from forum.core.errors import Refused
from forum.core.languages import gettext as _
from forum.core.uploads import sent_file
from forum.core.web import signed_in_reader
from forum.members import queries
from forum.members.actions.photo import remove_photo, set_photo
from forum.members.forms import PhotoForm
from forum.members.views.blueprint import pages


@pages.get("/settings/photo")
def photo() -> str:
    """The photo of now, and the form for another."""
    return _page()


@pages.post("/settings/photo")
def change_photo() -> BaseResponse | tuple[str, int]:
    """Show another one."""
    try:
        keep_photo()
    except Refused as refused:
        return _page(refused), refused.status
    flash(_("Your photo is shown from now on."))
    return redirect(url_for("members.photo"), 303)


def keep_photo() -> int | None:
    """For page and API alike; the id of the file."""
    reader = signed_in_reader()
    member, sent = queries.get_member(reader.member_id), sent_file()
    with transaction():
        set_photo(member, sent, by=reader)
    return member.photo_id


@pages.delete("/settings/photo")
def take_photo_away() -> BaseResponse:
    """The initials again."""
    take_photo()
    flash(_("Your photo is gone."))
    return redirect(url_for("members.photo"), 303)


def take_photo() -> None:
    """For page and API alike."""
    member = queries.get_member(signed_in_reader().member_id)
    with transaction():
        remove_photo(member)


def _page(refused: Refused | None = None) -> str:
    member = queries.get_member(signed_in_reader().member_id)
    return render_template("members/photo.html", member=member, form=PhotoForm(), refused=refused)
