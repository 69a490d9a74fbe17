"""Files for a reader's calendar: one workshop, a session of it, and all of them to subscribe to, for everybody
or for one member."""

from collections.abc import Iterable
from datetime import timedelta

from flask import Blueprint, Response, request
from sqlalchemy import Row

from forum.core import clock
from forum.core.calendars import Happening, calendar_of
from forum.core.errors import NotFound
from forum.core.languages import current_speech
from forum.core.reader import Reader
from forum.core.site import current_site
from forum.core.web import PRIVATE, current_reader
from forum.workshops import queries
from forum.workshops.mailings import happenings

PAST = timedelta(days=400)  # of the feed: last year's workshop is still there to be looked up
COMING = timedelta(days=1200)

pages = Blueprint("workshops_feeds", __name__, url_prefix="/<language:language>")


@pages.get("/calendar.ics")
def feed() -> Response:
    """All that the reader may see, from last year on: to subscribe to."""
    return _all(current_reader())


@pages.get("/calendar/<token>.ics")
def own(token: str) -> Response:
    """All that a member may see now, private spaces too, at the secret address of their own; no joining link is in it.
    An address that was ended, and one whose member is shut out, is like one that never was."""
    answer = _all(queries.find_calendar_reader(token))
    answer.headers.update(PRIVATE)
    return answer


@pages.get("/workshops/<id:workshop_id>/calendar.ics")
def one(workshop_id: int) -> Response:
    """One workshop: its sessions where it has any, else the whole. Where nobody knows the day any more there is
    none."""
    workshop = _dated(workshop_id)
    sessions = queries.sessions_of(workshop.id, current_speech().locale)
    return _answer(happenings(workshop, sessions), f"multaqa-{workshop.id}.ics")


@pages.get("/workshops/<id:workshop_id>/sessions/<id:session_id>/calendar.ics")
def session(workshop_id: int, session_id: int) -> Response:
    """One session of it."""
    workshop = _dated(workshop_id)
    sessions = [row for row in queries.sessions_of(workshop.id, current_speech().locale) if row.id == session_id]
    if not sessions:
        raise NotFound
    return _answer(happenings(workshop, sessions), f"multaqa-{workshop.id}-{session_id}.ics")


def _dated(workshop_id: int) -> Row:
    workshop = queries.get_workshop(workshop_id, reader=current_reader(), language=current_speech().locale)
    if workshop.is_date_approximate:
        raise NotFound
    return workshop


def _all(reader: Reader) -> Response:
    now, language = clock.now(), current_speech().locale
    rows = queries.between(now - PAST, now + COMING, reader=reader, language=language)
    sessions = queries.sessions_by_workshop([row.id for row in rows], language)
    found = [one for row in rows for one in happenings(row, sessions.get(row.id, ()))]
    return _answer(found, "multaqa.ics", name=current_site().name(language))


def _answer(found: Iterable[Happening], filename: str, name: str = "") -> Response:
    response = Response(calendar_of(found, name=name), mimetype="text/calendar")
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    response.add_etag()
    return response.make_conditional(request)
