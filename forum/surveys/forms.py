"""What a browser or a client may send about polls."""

from datetime import UTC, datetime

from wtforms import RadioField, StringField, TextAreaField
from wtforms.fields import SelectChoice

from forum.core.errors import Invalid
from forum.core.forms import Key, Shape, Texts, Wholes
from forum.core.languages import NoSuchTime, current_speech, lazy_gettext, to_latin_digits, wall_to_utc
from forum.core.languages import gettext as _
from forum.surveys.models import PollKind, Results, Voice


def _kinds() -> list[SelectChoice]:
    return [
        SelectChoice(str(PollKind.SINGLE), _("One option")),
        SelectChoice(str(PollKind.MULTIPLE), _("Several options")),
        SelectChoice(str(PollKind.RANKED), _("Several, in order: the best first")),
    ]


def _voices() -> list[SelectChoice]:
    return [
        SelectChoice(str(Voice.MEMBER), _("Each member has one voice")),
        SelectChoice(str(Voice.MUNICIPALITY), _("Each municipality has one voice")),
    ]


def _results() -> list[SelectChoice]:
    return [
        SelectChoice(str(Results.AT_ONCE), _("From the start")),
        SelectChoice(str(Results.AFTER), _("Only once the poll is closed")),
    ]


class PollForm(Shape):
    """A poll. A page sends its options line by line in one field, a client as a list."""

    of_pages = ("lines",)
    question = StringField(lazy_gettext("What do you ask?"))
    options = Texts()
    lines = TextAreaField(lazy_gettext("Options, each on its own line"))
    kind = RadioField(lazy_gettext("What one can choose"), validate_choice=False, choices=_kinds, default="single")
    voice = RadioField(lazy_gettext("Who votes"), validate_choice=False, choices=_voices, default="member")
    results = RadioField(lazy_gettext("Results are seen"), validate_choice=False, choices=_results, default="at-once")
    closes_at = StringField(lazy_gettext("Closes at (may stay empty)"))
    key = Key()

    def names(self) -> list[str]:
        """The options."""
        return self.options.data or (self.lines.data or "").splitlines()

    def closing(self) -> datetime | None:
        """When it closes; a time without a zone is the reader's."""
        words = to_latin_digits(self.closes_at.data or "").strip()
        if not words:
            return None
        try:
            moment = datetime.fromisoformat(words)
            return moment.astimezone(UTC) if moment.tzinfo else wall_to_utc(moment, current_speech().zone)
        except (NoSuchTime, ValueError, OverflowError):
            raise Invalid(fields={"closes_at": _("This is no time that we understand.")}) from None


class VoteForm(Shape):
    """The options that are chosen, the best first."""

    options = Wholes()
