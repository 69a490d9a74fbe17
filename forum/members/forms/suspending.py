"""What staff may send to shut somebody out."""

from datetime import date, datetime, time, timedelta

from wtforms import StringField, TextAreaField

from forum.core.errors import Invalid
from forum.core.forms import Needed, Shape
from forum.core.languages import NoSuchTime, current_speech, lazy_gettext, to_latin_digits, wall_to_utc
from forum.core.languages import gettext as _


class SuspensionForm(Shape):
    """Why, and until which day; without a day until further notice."""

    why = TextAreaField(lazy_gettext("Reason"), [Needed()])
    last_day = StringField(lazy_gettext("Last day (may stay empty)"))

    def until(self) -> datetime | None:
        """The moment at which the last day is over where the sender is; raises Invalid."""
        words = to_latin_digits(self.last_day.data or "").strip()
        if not words:
            return None
        try:
            midnight = datetime.combine(date.fromisoformat(words) + timedelta(days=1), time())
            try:
                return wall_to_utc(midnight, current_speech().zone)
            except NoSuchTime:  # the clocks jump over that midnight
                return wall_to_utc(midnight + timedelta(hours=1), current_speech().zone)
        except (ValueError, OverflowError):
            raise Invalid(fields={"last_day": _("This is no day that we understand.")}) from None
