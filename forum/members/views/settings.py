"""A member's own settings: name, languages, digits, time zone."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as BaseResponse

from forum.core.db import transaction
from forum.core.errors import Refused
from forum.core.languages import gettext as _
from forum.core.languages import speaking
from forum.core.web import signed_in_reader
from forum.members import actions, queries
from forum.members.forms import READ_FIELDS, SettingsForm
from forum.members.models import Member
from forum.members.views.blueprint import pages


@pages.get("/settings")
def settings() -> str:
    """The form with what holds now."""
    member = queries.get_member(signed_in_reader().member_id)
    kept = settings_of(member)
    reads = dict(zip(READ_FIELDS, kept["reads"], strict=False))
    return render_template("members/settings.html", form=SettingsForm(data=kept | reads))


def settings_of(member: Member) -> dict[str, Any]:
    """What holds now, by the fields of the form."""
    names = ("display_name", "other_name", "language", "digits", "zone", "saves_data")
    kept = {name: getattr(member, name) for name in names}
    return kept | {"reads": queries.reading_languages(member.id)}


@pages.post("/settings")
def change_settings() -> BaseResponse | tuple[str, int]:
    """Keep them; the answer already comes in the language that was chosen."""
    member = queries.get_member(signed_in_reader().member_id)
    form = SettingsForm.sent()
    try:
        form.check()
        with transaction():
            actions.change_settings(member, **form.asked())
    except Refused as refused:
        form.take(refused)
        return render_template("members/settings.html", form=form, refused=refused), refused.status
    with speaking(member.language):
        flash(_("Your settings are kept."))
    return redirect(url_for("members.settings", language=member.language), 303)
