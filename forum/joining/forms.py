"""What a browser may send on the way in."""

from typing import Any

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

from forum.core.forms import ForGuests, IdChoice, IdField, Needed, Shape, Texts
from forum.core.languages import LANGUAGES, NAMES, current_speech, lazy_gettext
from forum.core.languages import gettext as _
from forum.joining.actions.applying import Asked
from forum.joining.actions.importing.columns import FIELDS
from forum.joining.models import Import, ImportWay, Outcome
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


def outcome_words() -> dict[str, str]:
    """{outcome: what becomes, or became, of a line}."""
    return {
        Outcome.NEW: _("New"),
        Outcome.UNKNOWN_TOWN: _("Municipality not known"),
        Outcome.SAME_PERSON: _("Perhaps the same person"),
        Outcome.BAD_ADDRESS: _("Not an e-mail address"),
        Outcome.BAD_NAME: _("Not a name"),
        Outcome.DOUBLE: _("Twice in the list"),
        Outcome.MEMBER: _("A member already"),
        Outcome.INVITED: _("Invited already"),
        Outcome.APPLIED: _("Has applied"),
        Outcome.DONE: _("Carried in"),
        Outcome.FAILED: _("Could not be carried in"),
        Outcome.TOLD: _("Letter sent"),
    }


class TableForm(Shape):
    """A list of members, pasted; a file comes beside it."""

    table = TextAreaField(lazy_gettext("Or paste the table"))
    language = RadioField(lazy_gettext("Language of the letters"), validate_choice=False, choices=OWN_NAMES)


def _ways() -> list[SelectChoice]:
    return [
        SelectChoice(str(ImportWay.INVITATIONS), _("Invite them: each decides to join")),
        SelectChoice(str(ImportWay.MEMBERS), _("Make them members: each chooses a password through a letter")),
    ]


class WayForm(Shape):
    """What becomes of the people on a list."""

    way = RadioField(
        lazy_gettext("What becomes of them"),
        validate_choice=False,
        choices=_ways,
        default=ImportWay.INVITATIONS.value,
    )


class ColumnsForm(Shape):
    """Which column holds what; what holds where a line says nothing; "id=town" of towns that are not known."""

    column_email = SelectField(lazy_gettext("E-mail address"), validate_choice=False)
    column_name = SelectField(lazy_gettext("Name"), validate_choice=False)
    column_family = SelectField(lazy_gettext("Family name"), validate_choice=False)
    column_other_name = SelectField(lazy_gettext("Name in the other script"), validate_choice=False)
    column_municipality = SelectField(lazy_gettext("Municipality"), validate_choice=False)
    column_post_held = SelectField(lazy_gettext("Position"), validate_choice=False)
    column_language = SelectField(lazy_gettext("Language"), validate_choice=False)
    municipality = IdChoice(
        lazy_gettext("Municipality, where a line names none"),
        validate_choice=False,
        choices=municipalities_to_choose,
        default="",
    )
    language = RadioField(lazy_gettext("Language, where a line names none"), validate_choice=False, choices=OWN_NAMES)
    towns = Texts()

    @classmethod
    def of_table(cls, table: Import, *, sent: bool = False) -> "ColumnsForm":
        """The form of one list, as it is read now or as a browser sent it."""
        held = {f"column_{field}": str(column) for field, column in table.columns.items()}
        held |= {"municipality": str(table.municipality_id or ""), "language": table.language}
        form = cls.sent() if sent else cls(data=held)
        return form.offer(table)

    def offer(self, table: Import) -> "ColumnsForm":
        """Name the columns that may be chosen."""
        width = max([len(table.heading), *(column + 1 for column in table.columns.values()), table.width])
        named = [
            SelectChoice(str(n), table.heading[n] if n < len(table.heading) and table.heading[n] else str(n + 1))
            for n in range(width)
        ]
        for field in FIELDS:
            self._fields[f"column_{field}"].choices = [SelectChoice("", _("none")), *named]
        return self

    def asked(self) -> dict[str, Any]:
        """What `importing.change_columns` takes."""
        chosen = {field: self._fields[f"column_{field}"].data or "" for field in FIELDS}
        towns = (text.partition("=") for text in self.towns.data or ())
        return {
            "columns": {name: int(text) for name, text in chosen.items() if _is_column(text)},
            "municipality_id": _id_in(self.municipality.data),
            "language": self.language.data or "",
            "towns": {town: id for text, _sign, town in towns if (id := _id_in(text)) and town},
        }


def _is_column(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 3
