"""What a browser or a client may send to registrations."""

from typing import Any

from wtforms import EmailField, RadioField, SelectField, StringField, TextAreaField, URLField
from wtforms.fields import SelectChoice

from forum.core.forms import ForGuests, IdChoice, Needed, Shape, Whole
from forum.core.languages import LANGUAGES, NAMES, current_speech, lazy_gettext, to_latin_digits
from forum.core.languages import gettext as _
from forum.municipalities.queries import country_choices
from forum.registering.actions import Given, Guest
from forum.registering.models import Answer, Registration


def _answers() -> list[SelectChoice]:
    return [
        SelectChoice(str(Answer.YES), _("Yes, I take part")),
        SelectChoice(str(Answer.MAYBE), _("Maybe; I do not need a place yet")),
        SelectChoice(str(Answer.NO), _("No")),
    ]


def _wanted() -> list[SelectChoice]:
    named = [SelectChoice(code, NAMES[code]) for code in LANGUAGES]
    return [SelectChoice("", _("Whatever is spoken")), *named]


def _countries() -> list[SelectChoice]:
    named = [SelectChoice(code, name) for code, name in country_choices() if code]
    return [SelectChoice("", _("Another country")), *named]


class RegistrationForm(Shape):
    """A member's answer."""

    answer = RadioField(lazy_gettext("Will you take part?"), [Needed()], validate_choice=False, choices=_answers)
    wants = SelectField(lazy_gettext("Language that you want to hear"), validate_choice=False, choices=_wanted)
    question = TextAreaField(lazy_gettext("A question for a speaker"))
    talk = IdChoice(lazy_gettext("To whom, or about which talk"), validate_choice=False, choices=[], default="")

    @staticmethod
    def shown(registration: Registration | None) -> dict[str, Any]:
        """What was answered."""
        if registration is None:
            return {"answer": str(Answer.YES)}
        held = {name: getattr(registration, name) for name in ("answer", "wants", "question")}
        return held | {"talk": str(registration.talk_id or "")}

    def given(self) -> Given:
        """What the actions take."""
        talk = to_latin_digits(self.talk.data or "")
        talk_id = None if not talk else int(talk) if talk.isascii() and talk.isdigit() and len(talk) < 18 else 0
        return Given(self.answer.data or "", self.wants.data or "", self.question.data or "", talk_id)


class GuestForm(RegistrationForm, ForGuests):
    """The answer of somebody without an account."""

    display_name = StringField(lazy_gettext("Your name"), [Needed()])
    email = EmailField(lazy_gettext("E-mail address"), [Needed()])
    organisation = StringField(lazy_gettext("Municipality or organisation"))
    country = SelectField(lazy_gettext("Country"), validate_choice=False, choices=_countries, default="")

    def guest(self) -> Guest:
        """Who answers; letters come in the language of the page."""
        return Guest(
            email=self.email.data or "",
            name=self.display_name.data or "",
            language=current_speech().locale,
            organisation=self.organisation.data or "",
            country=self.country.data or "",
        )


class WayInForm(Shape):
    """Whose letter it was."""

    email = EmailField(lazy_gettext("E-mail address"), [Needed()])


class AdmissionForm(Shape):
    """How many come in, and how."""

    capacity = Whole(lazy_gettext("Places"))
    joining_link = URLField(lazy_gettext("Joining link"))
