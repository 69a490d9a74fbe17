"""The address of a member's own calendar: shown, made, ended."""

from flask import current_app, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as BaseResponse

from forum.core import web
from forum.core.db import transaction
from forum.core.derived import token_of
from forum.core.languages import gettext as _
from forum.core.web import signed_in_reader
from forum.workshops import actions, queries
from forum.workshops.actions.calendars import PURPOSE
from forum.workshops.models import CalendarAddress
from forum.workshops.views.blueprint import pages


@pages.get("/calendar/address")
def address() -> BaseResponse:
    """The address, if there is one."""
    found = queries.find_address(signed_in_reader().member_id)
    page = render_template("workshops/address.html", found=found, address=link_of(found))
    return web.never_kept(page)


@pages.put("/calendar/address")
def make_address() -> BaseResponse:
    """A new one; an earlier one leads nowhere any more."""
    reader = signed_in_reader()
    with transaction():
        actions.make_address(reader)
    flash(_("Your calendar has a new address."))
    return redirect(url_for("workshops.address"), 303)


@pages.delete("/calendar/address")
def end_address() -> BaseResponse:
    """None any more."""
    reader = signed_in_reader()
    with transaction():
        actions.end_address(reader)
    flash(_("The address leads nowhere any more."))
    return redirect(url_for("workshops.address"), 303)


def link_of(found: CalendarAddress | None) -> str | None:
    """The whole address, from BASE_URL."""
    if found is None:
        return None
    token = token_of(found.salt, purpose=PURPOSE)
    return current_app.config["SETTINGS"].base_url + url_for("workshops_feeds.own", token=token)
