"""iCalendar (RFC 5545): one workshop for a reader's calendar, and all of them to subscribe to.

Moments are in UTC, which every calendar reads alike. The rules of a zone could be sent along, but they come as lists of
changes of which Thunderbird's parser reads the first alone (ical.js 2.2), and a meeting in summer would be an hour off.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from urllib.parse import urlsplit

from flask import Blueprint, Response, current_app, request, url_for
from icalendar import Calendar, Event
from sqlalchemy import Row

from forum.core import clock
from forum.core.errors import NotFound
from forum.core.languages import current_speech, strip_bidi
from forum.core.languages import gettext as _
from forum.core.site import current_site
from forum.core.web import current_reader
from forum.workshops import queries

PAST = timedelta(days=400)  # of the feed: last year's workshop is still there to be looked up
COMING = timedelta(days=1200)
REFRESH = timedelta(hours=6)  # how often a calendar may ask again

pages = Blueprint("workshops_feeds", __name__, url_prefix="/<language:language>")


@pages.get("/calendar.ics")
def feed() -> Response:
    """All that the reader may see, from last year on: to subscribe to."""
    now = clock.now()
    rows = queries.between(now - PAST, now + COMING, reader=current_reader(), language=current_speech().locale)
    sessions = queries.sessions_by_workshop([row.id for row in rows], current_speech().locale)
    return _answer(_calendar(rows, sessions, name=current_site().name(current_speech().locale)), "multaqa.ics")


@pages.get("/workshops/<id:workshop_id>/calendar.ics")
def one(workshop_id: int) -> Response:
    """One workshop: its sessions where it has any, else the whole. Where nobody knows the day any more there is
    none."""
    workshop = _dated(workshop_id)
    sessions = queries.sessions_of(workshop.id, current_speech().locale)
    return _answer(_calendar([workshop], {workshop.id: sessions}), f"multaqa-{workshop.id}.ics")


@pages.get("/workshops/<id:workshop_id>/sessions/<id:session_id>/calendar.ics")
def session(workshop_id: int, session_id: int) -> Response:
    """One session of it."""
    workshop = _dated(workshop_id)
    sessions = [row for row in queries.sessions_of(workshop.id, current_speech().locale) if row.id == session_id]
    if not sessions:
        raise NotFound
    return _answer(_calendar([workshop], {workshop.id: sessions}), f"multaqa-{workshop.id}-{session_id}.ics")


def _dated(workshop_id: int) -> Row:
    workshop = queries.get_workshop(workshop_id, reader=current_reader(), language=current_speech().locale)
    if workshop.is_date_approximate:
        raise NotFound
    return workshop


def _calendar(workshops: Iterable[Row], sessions: Mapping[int, Sequence[Row]], name: str = "") -> Calendar:
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//Multaqa//Multaqa//{current_speech().locale.upper()}")
    calendar.add("method", "PUBLISH")
    if name:
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", REFRESH)
    for workshop in workshops:
        for session in sessions.get(workshop.id) or (None,):
            calendar.add_component(_event(workshop, session))
    return calendar


def _event(workshop: Row, session: Row | None) -> Event:
    base = current_app.config["SETTINGS"].base_url
    address = base + url_for("workshops.show", workshop_id=workshop.id)
    what, when = (f"session-{session.id}", session) if session else (f"workshop-{workshop.id}", workshop)
    event = Event()
    event.add("uid", f"{what}@{urlsplit(base).hostname}")
    event.add("dtstamp", workshop.changed_at)
    event.add("last-modified", workshop.changed_at)
    event.add("sequence", workshop.revision)
    event.add("dtstart", when.starts_at)
    event.add("dtend", when.ends_at)
    event.add("summary", strip_bidi(f"{session.title} · {workshop.title}" if session else workshop.title))
    event.add("description", f"{strip_bidi(workshop.summary)}\n\n{address}")
    event.add("location", _("Online") if workshop.is_online else strip_bidi(workshop.place))
    event.add("url", address)
    return event


def _answer(calendar: Calendar, name: str) -> Response:
    response = Response(calendar.to_ical(), mimetype="text/calendar")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.add_etag()
    return response.make_conditional(request)
