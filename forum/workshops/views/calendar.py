"""The calendar: a month on a page, its weeks as the reader's country counts them."""

import re
from calendar import monthrange
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from flask import render_template, request, url_for
from sqlalchemy import Row

from forum.core import clock
from forum.core.languages import (
    current_speech,
    format_date,
    in_digits,
    month_name,
    to_latin_digits,
    utc_to_wall,
    week_start,
    weekday_name,
    weekend,
)
from forum.core.web import current_reader
from forum.workshops import queries
from forum.workshops.views.blueprint import pages
from forum.workshops.views.dates import days_of

_MONTH = re.compile(r"([12][0-9]{3})-(0[1-9]|1[0-2])")
FAR = timedelta(days=2)  # the reader's day may begin and end so much beside that of UTC


@dataclass(frozen=True)
class Day:
    """A day of the page: the workshops on it; `is_outside` belongs to the month before or after."""

    date: date
    workshops: list[Row]
    is_outside: bool
    is_rest: bool

    @property
    def number(self) -> str:
        """17, in the reader's digits."""
        return in_digits(str(self.date.day))

    @property
    def words(self) -> str:
        """Thursday 17 December 2026."""
        return format_date(self.date, weekday=True)

    @property
    def weekday(self) -> str:
        """Thursday."""
        return weekday_name(self.date.weekday())


@pages.get("/calendar")
def calendar() -> str:
    """One month; `?month=2026-12`, without it the one that has begun."""
    speech = current_speech()
    today = utc_to_wall(clock.now(), speech.zone).date()
    first = _asked_month() or today.replace(day=1)
    last = first.replace(day=monthrange(first.year, first.month)[1])
    begin = first - timedelta(days=(first.weekday() - week_start(speech.region)) % 7)
    end = last + timedelta(days=(week_start(speech.region) - 1 - last.weekday()) % 7)
    found = _by_day(begin, end)
    rest = weekend(speech.region)
    days = [
        Day(day, found[day], is_outside=day.month != first.month, is_rest=day.weekday() in rest)
        for day in (begin + timedelta(days=number) for number in range((end - begin).days + 1))
    ]
    return render_template(
        "workshops/calendar.html",
        heading=f"{month_name(first.month)} {in_digits(str(first.year))}",
        weeks=[days[at : at + 7] for at in range(0, len(days), 7)],
        today=today,
        before=_address(first - timedelta(days=1)),
        after=_address(last + timedelta(days=1)),
        any_here=any(day.workshops for day in days if not day.is_outside),
    )


def _asked_month() -> date | None:
    found = _MONTH.fullmatch(to_latin_digits(request.args.get("month", "")))
    return date(int(found[1]), int(found[2]), 1) if found else None


def _by_day(begin: date, end: date) -> dict[date, list[Row]]:
    since, until = (datetime(day.year, day.month, day.day, tzinfo=UTC) for day in (begin, end))
    found: dict[date, list[Row]] = defaultdict(list)
    rows = queries.between(since - FAR, until + FAR, reader=current_reader(), language=current_speech().locale)
    for row in rows:
        first, last = days_of(row)
        day = max(first, begin)
        while day <= min(last, end):
            found[day].append(row)
            day += timedelta(days=1)
    return found


def _address(day: date) -> str | None:
    """Where the month of this day stands; the calendar knows four thousand years less than it might."""
    return url_for("workshops.calendar", month=f"{day:%Y-%m}") if 1000 <= day.year < 3000 else None
