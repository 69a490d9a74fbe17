"""Your devices: where you are signed in, and signing them out."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as BaseResponse

from forum.core import clock
from forum.core.db import transaction
from forum.core.languages import gettext as _
from forum.core.web import signed_in_reader
from forum.members import actions, queries
from forum.members.views.blueprint import pages
from forum.members.views.signing import take_cookie

# What people call it, by a sign in the line that it sends: the first that fits: later ones claim to be earlier ones.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


@pages.get("/devices")
def devices() -> str:
    """The open sessions, this device first."""
    reader = signed_in_reader()
    sessions = sorted(queries.sessions_of(reader.member_id), key=lambda one: one.id != reader.session_id)
    return render_template(
        "members/devices.html",
        sessions=[(one, browser_of(one.agent), system_of(one.agent)) for one in sessions],
        here=reader.session_id,
        now=clock.now(),
    )


def browser_of(agent: str) -> str | None:
    """What people call the browser that sends this line."""
    return _first(BROWSERS, agent)


def system_of(agent: str) -> str | None:
    """What people call the system that it runs on."""
    return _first(SYSTEMS, agent)


def _first(known: tuple[tuple[str, str], ...], agent: str) -> str | None:
    return next((name for sign, name in known if sign in agent), None)


@pages.delete("/devices/<id:session_id>")
def sign_out_device(session_id: int) -> BaseResponse:
    """Sign one out; it may be this one."""
    reader = signed_in_reader()
    session = queries.get_session(session_id, member_id=reader.member_id)
    with transaction():
        actions.sign_out(session)
    if session_id == reader.session_id:
        return take_cookie(redirect(url_for("home.show"), 303))
    flash(_("That device is signed out."))
    return redirect(url_for("members.devices"), 303)


@pages.delete("/devices")
def sign_out_others() -> BaseResponse:
    """Sign all out but this one."""
    reader = signed_in_reader()
    with transaction():
        actions.end_sessions(reader.member_id, but=reader.session_id)
    flash(_("All other devices are signed out."))
    return redirect(url_for("members.devices"), 303)
