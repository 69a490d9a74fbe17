"""What a browser or a client may send about surveys."""

from datetime import UTC, datetime
from typing import Any

from wtforms import RadioField, StringField, TextAreaField
from wtforms.fields import SelectChoice

from forum.core.errors import Invalid
from forum.core.forms import IdChoice, Key, Shape, Whole
from forum.core.languages import LANGUAGES, NoSuchTime, current_speech, lazy_gettext, to_latin_digits, wall_to_utc
from forum.core.languages import gettext as _
from forum.inquiries.actions import SurveyPlan
from forum.inquiries.models import Occasion, ResultsFor
from forum.questionnaires.models import HolderKind


def occasions() -> list[SelectChoice]:
    """When it is held."""
    return [
        SelectChoice(str(Occasion.BEFORE), _("Before an event: for those who have a place")),
        SelectChoice(str(Occasion.AFTER), _("After an event: for those who were there")),
        SelectChoice(str(Occasion.YEARLY), _("Yearly, for the whole network")),
    ]


def voices() -> list[SelectChoice]:
    """Who answers once."""
    return [
        SelectChoice(str(HolderKind.MEMBER), _("Each member")),
        SelectChoice(
            str(HolderKind.MUNICIPALITY), _("Each municipality: one officer drafts, the focal point approves")
        ),
    ]


def _results_for() -> list[SelectChoice]:
    return [
        SelectChoice(str(ResultsFor.STAFF), _("Those who manage the network")),
        SelectChoice(str(ResultsFor.ANSWERED), _("Those who have answered, too")),
    ]


class SurveyForm(Shape):
    """A survey. A time without a zone is the sender's own."""

    in_languages = {"titles": "title", "texts": "words"}
    occasion = RadioField(
        lazy_gettext("When it is held"), validate_choice=False, choices=occasions, default=Occasion.YEARLY.value
    )
    workshop = IdChoice(lazy_gettext("Event"), validate_choice=False, choices=[], default="")
    space = IdChoice(lazy_gettext("Who may know of it"), validate_choice=False, choices=[], default="")
    previous = IdChoice(lazy_gettext("It asks what this one asked"), validate_choice=False, choices=[], default="")
    voice = RadioField(
        lazy_gettext("Who answers"), validate_choice=False, choices=voices, default=HolderKind.MEMBER.value
    )
    opens = StringField(lazy_gettext("Opens"))
    closes = StringField(lazy_gettext("Closes"))
    results_for = RadioField(
        lazy_gettext("Who sees the results once it is closed"),
        validate_choice=False,
        choices=_results_for,
        default=ResultsFor.STAFF.value,
    )
    title_ar = StringField(lazy_gettext("Title"))
    title_en = StringField(lazy_gettext("Title"))
    title_fr = StringField(lazy_gettext("Title"))
    title_tr = StringField(lazy_gettext("Title"))
    words_ar = TextAreaField(lazy_gettext("What it is for, and what becomes of the answers"))
    words_en = TextAreaField(lazy_gettext("What it is for, and what becomes of the answers"))
    words_fr = TextAreaField(lazy_gettext("What it is for, and what becomes of the answers"))
    words_tr = TextAreaField(lazy_gettext("What it is for, and what becomes of the answers"))
    key = Key()

    def plan(self, *, held: tuple[str, datetime] | None = None) -> SurveyPlan:
        """What the actions take. `held` is the beginning as the form showed it, and as it is to the second."""
        opens = self._moment("opens")
        if held is not None and (self.opens.data or "") == held[0]:
            opens = held[1]
        return SurveyPlan(
            occasion=self.occasion.data or "",
            voice=self.voice.data or "",
            results_for=self.results_for.data or "",
            title=self._by_language("title"),
            words=self._by_language("words"),
            opens_at=opens,
            closes_at=self._moment("closes"),
            workshop_id=_id(self.workshop.data),
            space_id=_id(self.space.data),
            previous_id=_id(self.previous.data),
        )

    def said(self) -> list[Any]:
        """All that was sent but the key."""
        return [str(field.data) for name, field in self._fields.items() if name != "key"]

    def _by_language(self, part: str) -> dict[str, str]:
        return {language: (self._fields[f"{part}_{language}"].data or "").strip() for language in LANGUAGES}

    def _moment(self, name: str) -> datetime | None:
        words = to_latin_digits(self[name].data or "").strip()
        if not words:
            return None
        try:
            moment = datetime.fromisoformat(words)
            return moment.astimezone(UTC) if moment.tzinfo else wall_to_utc(moment, current_speech().zone)
        except (NoSuchTime, ValueError, OverflowError):
            raise Invalid(fields={name: _("This is no time that we understand.")}) from None


def _id(words: str | None) -> int | None:
    text = to_latin_digits((words or "").strip())
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 18 else None


class ApprovalForm(Shape):
    """Standing behind a sheet, as it was read."""

    sheet = Whole(lazy_gettext("Number of the sheet"))
    version = Whole(lazy_gettext("Version that was read"))
