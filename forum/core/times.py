"""Fields for times: a zone by its city, a wall time."""

from collections.abc import Collection
from datetime import datetime
from functools import lru_cache
from typing import Any

from babel.core import get_global
from wtforms import SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError

from forum.core.languages import current_speech, known_zone, sort_key, to_latin_digits, zone_name
from forum.core.languages import gettext as _
from forum.core.languages.countries import country_name

ZONES = tuple(
    (zone, country)
    for zone, country in get_global("zone_territories").items()
    if country.isalpha() and country != "ZZ" and known_zone(zone)
)


class ZoneField(SelectField):
    """A time zone by its city, those of the countries `near` first."""

    def __init__(self, label: Any, *, near: Collection[str], **kwargs: Any) -> None:
        super().__init__(label, validate_choice=False, choices=self.all, **kwargs)
        self.near = frozenset(near)

    def all(self) -> list[SelectChoice]:
        """In two groups, "Amman, Jordan". A zone that is chosen but not listed stays: saving moves nobody."""
        near, far = _zones(current_speech().language, self.near)
        if self.data and self.data not in dict((*near, *far)) and known_zone(self.data):
            far = [(self.data, zone_name(self.data)), *far]
        near_by, others = _("Countries of the network"), _("All others")
        return [SelectChoice(zone, label, optgroup=near_by) for zone, label in near] + [
            SelectChoice(zone, label, optgroup=others) for zone, label in far
        ]


@lru_cache(maxsize=8)
def _zones(language: str, countries: frozenset[str]) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """(zones of these countries, all others) by label; `language` is the current one: what is kept is its."""
    near: list[tuple[str, str]] = []
    far: list[tuple[str, str]] = [("UTC", "UTC")]
    for zone, country in ZONES:
        label = _("%(municipality)s, %(country)s", municipality=zone_name(zone), country=country_name(country))
        (near if country in countries else far).append((zone, label))
    for zones in (near, far):
        zones.sort(key=lambda one: sort_key(one[1], current_speech().locale))
    return near, far


class WallTime(StringField):
    """A time as a clock on a wall shows it, without a zone: 2018-03-19T09:00, in any of the three kinds of digits."""

    time: datetime | None = None

    def pre_validate(self, form: Any) -> None:
        """Read it; an empty one is None."""
        words = to_latin_digits(self.data or "").strip()
        if not words:
            return
        try:
            self.time = datetime.fromisoformat(words)
        except ValueError:
            raise ValidationError(_("This is no time that we understand.")) from None
        if self.time.tzinfo is not None or not 1900 <= self.time.year < 3000:
            raise ValidationError(_("This is no time that we understand."))
        self.time = self.time.replace(second=0, microsecond=0)
