"""When a workshop is, in words."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Row

from forum.core.languages import current_speech, format_date, format_span, in_digits, month_name, utc_to_wall, zone_name
from forum.core.languages import gettext as _
from forum.workshops.views.blueprint import pages


@dataclass(frozen=True)
class Dates:
    """When a workshop is, in words: a leaf of the calendar, the day and the hours in the reader's own time, and the
    organiser's where the clocks there show something else."""

    leaf: tuple[str, str, str]  # days, month, year
    day: str
    hours: str
    organisers: str | None


@pages.app_template_filter("dates")
def dates_of(workshop: Row) -> Dates:
    """Whoever travels lives by the clocks of the place, so its days are told; an hour online is told in the
    reader's own time."""
    speech = current_speech()
    first, last = days_of(workshop)
    days = f"{first.day}" if first == last else f"{first.day}–{last.day}"
    return Dates(
        leaf=(in_digits(days, speech), month_name(first.month), in_digits(str(first.year), speech)),
        day=format_date(first, weekday=True) if first == last else format_span(first, last),
        hours=_hours(workshop, speech.zone, (first, last)),
        organisers=None if _is_same(workshop, speech.zone) else _hours(workshop, workshop.zone, (first, last)),
    )


def days_of(workshop: Row) -> tuple[date, date]:
    """The first and the last day, as they are told to the reader."""
    return _days(workshop, current_speech().zone if workshop.is_online else workshop.zone)


def _days(workshop: Row, zone: str) -> tuple[date, date]:
    starts, ends = _walls(workshop, zone)
    return starts.date(), ends.date()


def _walls(workshop: Row, zone: str) -> tuple[datetime, datetime]:
    return utc_to_wall(workshop.starts_at, zone), utc_to_wall(workshop.ends_at, zone)


def _hours(workshop: Row, zone: str, told: tuple[date, date]) -> str:
    """The hours in this zone; with their days, unless those are the ones that were told already."""
    starts, ends = _walls(workshop, zone)
    if (starts.date(), ends.date()) != told:
        return format_span(workshop.starts_at, workshop.ends_at, zone)
    begin, end, city = in_digits(f"{starts:%H:%M}"), in_digits(f"{ends:%H:%M}"), zone_name(zone)
    if starts.date() == ends.date():
        return _("%(hours)s, %(city)s time", hours=f"{begin}–{end}", city=city)
    return _("From %(begin)s on the first day to %(end)s on the last, %(city)s time", begin=begin, end=end, city=city)


def _is_same(workshop: Row, zone: str) -> bool:
    """Do the clocks of this zone show what the organiser's show?"""
    return [f"{wall:%Y-%m-%dT%H:%M}" for wall in _walls(workshop, zone)] == [workshop.starts_wall, workshop.ends_wall]
