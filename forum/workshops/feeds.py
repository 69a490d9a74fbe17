"""iCalendar (RFC 5545): one workshop for a reader's calendar, and all of them to subscribe to.

Moments are in UTC, which every calendar reads alike. The rules of a zone could be sent along, but they come as lists of
changes of which Thunderbird's parser reads the first alone (ical.js 2.2), and a meeting in summer would be an hour off.
"""

from collections.abc import Iterable
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
    return _answer(_calendar(rows, name=current_site().name(current_speech().locale)), "multaqa.ics")


@pages.get("/workshops/<id:workshop_id>/calendar.ics")
def one(workshop_id: int) -> Response:
    """One workshop. Where nobody knows the day any more there is none."""
    workshop = queries.get_workshop(workshop_id, reader=current_reader(), language=current_speech().locale)
    if workshop.is_date_approximate:
        raise NotFound
    return _answer(_calendar([workshop]), f"multaqa-{workshop.id}.ics")


def _calendar(workshops: Iterable[Row], name: str = "") -> Calendar:
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//Multaqa//Multaqa//{current_speech().locale.upper()}")
    calendar.add("method", "PUBLISH")
    if name:
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", REFRESH)
    for workshop in workshops:
        calendar.add_component(_event(workshop))
    return calendar


def _event(workshop: Row) -> Event:
    base = current_app.config["SETTINGS"].base_url
    address = base + url_for("workshops.show", workshop_id=workshop.id)
    event = Event()
    event.add("uid", f"workshop-{workshop.id}@{urlsplit(base).hostname}")
    event.add("dtstamp", workshop.changed_at)
    event.add("last-modified", workshop.changed_at)
    event.add("sequence", workshop.revision)
    event.add("dtstart", workshop.starts_at)
    event.add("dtend", workshop.ends_at)
    event.add("summary", strip_bidi(workshop.title))
    event.add("description", f"{strip_bidi(workshop.summary)}\n\n{address}")
    event.add("location", _("Online") if workshop.is_online else strip_bidi(workshop.place))
    event.add("url", address)
    return event


def _answer(calendar: Calendar, name: str) -> Response:
    response = Response(calendar.to_ical(), mimetype="text/calendar")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.add_etag()
    return response.make_conditional(request)
