"""Wall times and moments of workshops and their sessions."""

from datetime import datetime

from forum.core.errors import Invalid
from forum.core.languages import NoSuchTime, wall_to_utc, zone_name
from forum.core.languages import gettext as _


def wall(time: datetime) -> str:
    """2018-03-19T09:00, as it is kept."""
    return f"{time:%Y-%m-%dT%H:%M}"


def moment_of(field: str, time: datetime, zone: str) -> datetime:
    """The moment of a wall time; clocks jump over an hour in spring, and nobody can meet in it."""
    try:
        return wall_to_utc(time, zone)
    except NoSuchTime:
        message = _(
            "The clocks in %(city)s go forward on that day: %(time)s does not exist. Choose another time.",
            city=zone_name(zone),
            time=f"{time:%H:%M}",
        )
        raise Invalid(fields={field: message}) from None
