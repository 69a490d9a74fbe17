"""Dates and times as the reader says them: day, month in words, year; 24 hours; the reader's zone and digits.

The four languages all write "d MMMM y" (CLDR, long), so only names come from Babel, and those are kept: a date costs
microseconds. Arabic months are chosen by region (كانون الثاني, يناير, جانفي). The dash of a range is U+2013: around it
an Arabic line runs from right to left, around a hyphen only where an Arabic letter stands before the numbers.
"""

from datetime import date, datetime
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_timedelta

from forum.core.languages.catalogue import gettext
from forum.core.languages.digits import in_digits
from forum.core.languages.pseudo import pseudo
from forum.core.languages.speech import PSEUDO, Speech, current_speech
from forum.core.languages.zones import utc_to_wall, zone_name

_COMMA = {"ar": "، "}
# Seconds in a year, a month, a week, a day, an hour and a minute, as Babel counts them.
_UNITS = (31_536_000, 2_592_000, 604_800, 86_400, 3600, 60)


def format_date(moment: date | datetime, *, weekday: bool = False) -> str:
    """19 March 2018, with `weekday` Monday 19 March 2018; a datetime in the reader's zone, a date as it is."""
    speech = current_speech()
    return _date(_day_of(moment, speech), speech, weekday)


def format_time(moment: datetime) -> str:
    """14:05 in the reader's zone."""
    speech = current_speech()
    return in_digits(f"{utc_to_wall(moment, speech.zone):%H:%M}", speech)


def format_moment(moment: datetime) -> str:
    """19 March 2018, 14:05 in the reader's zone."""
    speech = current_speech()
    wall = utc_to_wall(moment, speech.zone)
    return f"{_date(wall.date(), speech)}{_comma(speech)}{in_digits(f'{wall:%H:%M}', speech)}"


def format_span(start: date | datetime, end: date | datetime, zone: str | None = None) -> str:
    """From and to, without saying anything twice.

    Of dates: "19–23 March 2018". Of moments, in `zone` (the event's; without it the reader's), which is named:
    "11 July 2018, 10:00–12:00 (Amman)".
    """
    speech = current_speech()
    if not (isinstance(start, datetime) and isinstance(end, datetime)):
        return _days(start, end, speech)
    zone = zone or speech.zone
    first, last = utc_to_wall(start, zone), utc_to_wall(end, zone)
    comma = _comma(speech)
    begins, ends = f"{first:%H:%M}", f"{last:%H:%M}"
    if first.date() == last.date():
        span = f"{_date(first.date(), speech)}{comma}{in_digits(f'{begins}–{ends}', speech)}"
    else:
        begins, ends = in_digits(begins, speech), in_digits(ends, speech)
        span = f"{_date(first.date(), speech)}{comma}{begins} – {_date(last.date(), speech)}{comma}{ends}"
    return f"{span} ({zone_name(zone)})"


def relative(moment: datetime, now: datetime) -> str:
    """3 hours ago, in 2 days; under 45 seconds "just now"."""
    seconds = int((moment - now).total_seconds())
    if abs(seconds) < 45:
        return gettext("just now")
    size = next((unit for unit in _UNITS if abs(seconds) >= unit), 60)
    count = max(1, round(abs(seconds) / size))
    speech = current_speech()
    words = _relative(count * size * (1 if seconds > 0 else -1), speech.locale)
    return in_digits(pseudo(speech.language, words) if speech.language in PSEUDO else words, speech)


def month_name(month: int) -> str:
    """The month's name in the reader's language, in Arabic by the reader's region."""
    speech = current_speech()
    return _names(speech.language, speech.region)[0][month - 1]


def weekday_name(weekday: int) -> str:
    """The day's name, 0 for Monday."""
    speech = current_speech()
    return _names(speech.language, speech.region)[1][weekday]


def _day_of(moment: date | datetime, speech: Speech) -> date:
    return utc_to_wall(moment, speech.zone).date() if isinstance(moment, datetime) else moment


def _date(day: date, speech: Speech, weekday: bool = False) -> str:
    months, days = _names(speech.language, speech.region)
    number = "1er" if speech.language == "fr" and day.day == 1 else day.day
    words = in_digits(f"{number} {months[day.month - 1]} {day.year}", speech)
    if not weekday:
        return words
    name = days[day.weekday()]
    if speech.language == "tr":
        return f"{words} {name}"
    return f"{name}{_COMMA.get(speech.language, ' ')}{words}"


def _days(start: date, end: date, speech: Speech) -> str:
    first, last = _day_of(start, speech), _day_of(end, speech)
    if first == last:
        return _date(first, speech)
    if (first.year, first.month) == (last.year, last.month):
        return f"{in_digits(f'{first.day}–', speech)}{_date(last, speech)}"
    if first.year == last.year:
        whole = _date(first, speech)
        return f"{whole[: whole.rindex(' ')]} – {_date(last, speech)}"
    return f"{_date(first, speech)} – {_date(last, speech)}"


def _comma(speech: Speech) -> str:
    return _COMMA.get(speech.language, ", ")


@lru_cache(maxsize=256)
def _names(language: str, region: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    locale = _locale(language, region)
    months = locale.months["format"]["wide"]
    days = locale.days["format"]["wide"]
    names = tuple(months[number] for number in range(1, 13)), tuple(days[number] for number in range(7))
    if language in PSEUDO:
        return tuple(tuple(pseudo(language, name) for name in group) for group in names)
    return names


def _locale(language: str, region: str) -> Locale:
    if language == "ar":
        try:
            return Locale.parse(f"ar_{region}")
        except (UnknownLocaleError, ValueError):
            return Locale.parse("ar")
    return Locale.parse("en" if language in PSEUDO else language)


@lru_cache(maxsize=4096)
def _relative(seconds: int, locale: str) -> str:
    return format_timedelta(seconds, threshold=1, add_direction=True, locale=locale)
