"""Zones: UTC is stored, with the organiser's IANA zone; people read wall time and a city's name."""

from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale

from forum.core.languages.pseudo import pseudo
from forum.core.languages.speech import PSEUDO, current_speech


class NoSuchTime(ValueError):
    """The clocks of that zone jump over this wall time (Beirut, 2026-03-29 00:30)."""

    def __init__(self, wall: datetime, zone: str) -> None:
        super().__init__(f"{wall:%Y-%m-%d %H:%M} does not exist in {zone}")
        self.wall = wall
        self.zone = zone


def wall_to_utc(wall: datetime, zone: str) -> datetime:
    """The moment, aware in UTC, at which clocks in `zone` show the naive time `wall`.

    Raises NoSuchTime for a time that is jumped over. A time that comes twice in autumn means the first one; give
    `wall` with fold=1 for the second. ValueError for an aware `wall`.
    """
    if wall.tzinfo is not None:
        raise ValueError("a wall time is naive")
    moment = wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    if utc_to_wall(moment, zone).replace(fold=0) != wall.replace(fold=0):
        raise NoSuchTime(wall, zone)
    return moment


def utc_to_wall(moment: datetime, zone: str) -> datetime:
    """The naive time that clocks in `zone` show."""
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def known_zone(name: str) -> bool:
    """Is this the name of a zone? Never an error, whatever it contains."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return "/" in name or name == "UTC"


def zone_name(zone: str) -> str:
    """The zone's city in the reader's language (CLDR): Amman, عمّان; "UTC" stays."""
    speech = current_speech()
    city = _city(zone, speech.locale)
    return pseudo(speech.language, city) if speech.language in PSEUDO and zone != "UTC" else city


@lru_cache(maxsize=2048)
def _city(zone: str, locale: str) -> str:
    if zone == "UTC":
        return zone
    info = Locale.parse(locale).time_zones.get(zone, {})
    return info.get("city") or zone.rpartition("/")[2].replace("_", " ")
