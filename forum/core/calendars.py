"""iCalendar (RFC 5545): what happens when, for a calendar of the reader's own.

Moments are in UTC, which every calendar reads alike. The rules of a zone could be sent along, but they come as lists of
changes of which Thunderbird's parser reads the first alone (ical.js 2.2), and a meeting in summer would be an hour off.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from icalendar import Calendar, Event

from forum.core.languages import current_speech, strip_bidi

REFRESH = timedelta(hours=6)  # how often a calendar may ask again


@dataclass(frozen=True)
class Happening:
    """Something with a time. The same `uid` with a higher `revision` takes the place of what a calendar has."""

    uid: str
    starts_at: datetime
    ends_at: datetime
    summary: str
    description: str
    place: str
    url: str
    revision: int
    changed_at: datetime
    is_cancelled: bool = False


def calendar_of(happenings: Iterable[Happening], *, name: str = "") -> bytes:
    """The file; with a `name`, one to subscribe to."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//Multaqa//Multaqa//{current_speech().locale.upper()}")
    calendar.add("method", "PUBLISH")
    if name:
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", REFRESH)
    for one in happenings:
        calendar.add_component(_event(one))
    return bytes(calendar.to_ical())


def _event(one: Happening) -> Event:
    event = Event()
    event.add("uid", one.uid)
    event.add("dtstamp", one.changed_at)
    event.add("last-modified", one.changed_at)
    event.add("sequence", one.revision)
    event.add("status", "CANCELLED" if one.is_cancelled else "CONFIRMED")
    event.add("dtstart", one.starts_at)
    event.add("dtend", one.ends_at)
    event.add("summary", strip_bidi(one.summary))
    event.add("description", strip_bidi(one.description))
    event.add("location", strip_bidi(one.place))
    event.add("url", one.url)
    return event
