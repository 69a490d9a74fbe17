"""What keys do by themselves: listed for everybody, and switched off by who wants it so (WCAG 2.1.4)."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as BaseResponse

from forum.core.db import transaction
from forum.core.languages import gettext as _
from forum.core.web import signed_in_reader
from forum.members import actions, queries
from forum.members.views.blueprint import pages


@pages.get("/keys")
def keys() -> str:
    """The list, and the switch. The sheet that `?` opens is this page's."""
    return render_template("members/keys.html")


@pages.put("/keys")
def keys_on() -> BaseResponse:
    """Keys do something by themselves."""
    switch_shortcuts(on=True)
    flash(_("Keyboard shortcuts are on."))
    return redirect(url_for("members.keys"), 303)


@pages.delete("/keys")
def keys_off() -> BaseResponse:
    """They do not."""
    switch_shortcuts(on=False)
    flash(_("Keyboard shortcuts are off."))
    return redirect(url_for("members.keys"), 303)


def switch_shortcuts(*, on: bool) -> None:
    """For the member who asks, on all their devices."""
    member = queries.get_member(signed_in_reader().member_id)
    with transaction():
        actions.set_shortcuts(member, on=on)
