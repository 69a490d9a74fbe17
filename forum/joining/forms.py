"""What a browser may send on the way in."""

from wtforms import (
    EmailField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice
from wtforms.widgets import CheckboxInput

from forum.core.forms import ForGuests, IdChoice, IdField, Needed, Shape
from forum.core.languages import LANGUAGES, NAMES, current_speech, lazy_gettext
from forum.core.languages import gettext as _
from forum.joining.actions.applying import Asked
from forum.municipalities import queries as municipalities

OWN_NAMES = [SelectChoice(code, NAMES[code]) for code in LANGUAGES]


def countries() -> list[SelectChoice]:
    """One of the network's, or none yet."""
    named = [SelectChoice(code, name) for code, name in municipalities.country_choices() if code]
    return [SelectChoice("", _("Please choose")), *named]


def known_municipalities() -> list[SelectChoice]:
    """All of the network, or a new one."""
    named = [SelectChoice(str(row.id), row.name) for row in municipalities.choices(current_speech().locale)]
    return [SelectChoice("", _("A new one, named below")), *named]


def municipalities_to_choose() -> list[SelectChoice]:
    """All of the network."""
    named = [SelectChoice(str(row.id), row.name) for row in municipalities.choices(current_speech().locale)]
    return [SelectChoice("", _("Please choose")), *named]


def _id_in(text: str | None) -> int | None:
    text = text or ""
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 18 else None


class ApplyForm(ForGuests):
    """Who asks, from where and why."""

    municipality = IdField()
    town = StringField(lazy_gettext("Municipality"))
    country = SelectField(lazy_gettext("Country"), validate_choice=False, choices=countries, default="")
    display_name = StringField(lazy_gettext("Your name"), [Needed()])
    other_name = StringField(lazy_gettext("Your name in the other script"))
    email = EmailField(lazy_gettext("E-mail address"), [Needed()])
    post_held = StringField(lazy_gettext("Your position"))
    reason = TextAreaField(lazy_gettext("What do you hope for from the network?"), [Needed()])
    language = RadioField(lazy_gettext("Language of the pages"), validate_choice=False, choices=OWN_NAMES)
    reads = SelectMultipleField(
        lazy_gettext("Languages that you read"),
        validate_choice=False,
        choices=OWN_NAMES,
        option_widget=CheckboxInput(),
    )

    @property
    def municipality_id(self) -> int | None:
        """The municipality that was chosen from the list, if it was."""
        return _id_in(self.municipality.data)

    def asked(self) -> Asked:
        """What `applying.apply` takes."""
        texts = {name: self._fields[name].data or "" for name in ("town", "country", "display_name", "other_name")}
        more = {name: self._fields[name].data or "" for name in ("email", "post_held", "reason", "language")}
        return Asked(**texts, **more, municipality_id=self.municipality_id, reads=tuple(self.reads.data or ()))


class ApproveForm(Shape):
    """To which municipality the new member belongs."""

    in_languages = {"names": "name"}

    municipality = IdChoice(
        lazy_gettext("Municipality"), validate_choice=False, choices=known_municipalities, default=""
    )
    name_ar = StringField(NAMES["ar"])
    name_en = StringField(NAMES["en"])
    name_fr = StringField(NAMES["fr"])
    name_tr = StringField(NAMES["tr"])
    country = SelectField(lazy_gettext("Country"), validate_choice=False, choices=countries, default="")

    @property
    def municipality_id(self) -> int | None:
        """The one that was chosen, if it is no new one."""
        return _id_in(self.municipality.data)

    def names(self) -> dict[str, str]:
        """{language: name} of a new one."""
        return {language: self._fields[f"name_{language}"].data or "" for language in LANGUAGES}


class DeclineForm(Shape):
    """Why not."""

    answer = TextAreaField(lazy_gettext("Reason"), [Needed()])


class InviteForm(Shape):
    """Who is invited, for which municipality, in which language."""

    guests = TextAreaField(lazy_gettext("E-mail addresses"), [Needed()])
    municipality = IdChoice(
        lazy_gettext("Municipality"), [Needed()], validate_choice=False, choices=municipalities_to_choose, default=""
    )
    language = RadioField(lazy_gettext("Language of the letters"), validate_choice=False, choices=OWN_NAMES)

    @property
    def municipality_id(self) -> int | None:
        """The one that was chosen."""
        return _id_in(self.municipality.data)


class AcceptForm(Shape):
    """Who comes with an invitation."""

    display_name = StringField(lazy_gettext("Your name"), [Needed()])
    other_name = StringField(lazy_gettext("Your name in the other script"))
    language = RadioField(lazy_gettext("Language of the pages"), validate_choice=False, choices=OWN_NAMES)
    password = PasswordField(lazy_gettext("New password"), [Needed()])

    def asked(self) -> dict[str, str]:
        """What `inviting.accept` takes besides the password's hash."""
        return {name: self._fields[name].data or "" for name in ("display_name", "other_name", "language")}
