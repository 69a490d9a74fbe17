"""What a browser may send about members."""

from typing import Any

from wtforms import (
    BooleanField,
    EmailField,
    FileField,
    HiddenField,
    PasswordField,
    RadioField,
    SearchField,
    SelectField,
    StringField,
)
from wtforms.fields import SelectChoice

from forum.core.errors import Invalid, Refused
from forum.core.forms import Filter, ForGuests, IdChoice, Needed, Shape, Texts
from forum.core.languages import LANGUAGES, NAMES, current_speech, lazy_gettext
from forum.core.languages import gettext as _
from forum.core.mail import clean_address
from forum.core.times import ZoneField
from forum.municipalities.models import COUNTRIES
from forum.municipalities.queries import choices, country_choices

READ_FIELDS = ("reads_1", "reads_2", "reads_3", "reads_4")
OWN_NAMES = [SelectChoice(code, NAMES[code]) for code in LANGUAGES]


class SignInForm(Shape):
    """Address and password; where to go afterwards."""

    of_pages = ("next",)
    email = EmailField(lazy_gettext("E-mail address"), [Needed()])
    password = PasswordField(lazy_gettext("Password"), [Needed()])
    stay = BooleanField(lazy_gettext("Stay signed in on this device"))
    next = HiddenField()


class AddressForm(ForGuests):
    """An e-mail address."""

    email = EmailField(lazy_gettext("E-mail address"), [Needed()])

    def address(self) -> str:
        """The address as it is kept; raises Invalid."""
        found = clean_address(self.email.data or "")
        if found is None:
            raise Invalid(fields={"email": _("This is not an e-mail address.")})
        return found


class NewPasswordForm(Shape):
    """A password that will hold from now on."""

    password = PasswordField(lazy_gettext("New password"), [Needed()])


class PasswordForm(NewPasswordForm):
    """Another password, by who knows the one that holds."""

    current = PasswordField(lazy_gettext("Your password now"), [Needed()])


class EmailForm(AddressForm):
    """Another address, by who knows the password."""

    email = EmailField(lazy_gettext("New e-mail address"), [Needed()])
    current = PasswordField(lazy_gettext("Your password"), [Needed()])


def all_languages() -> list[SelectChoice]:
    """Any language, or one of the four by its own name."""
    return [SelectChoice("", _("Any language")), *OWN_NAMES]


def all_countries() -> list[SelectChoice]:
    """Any country, or one of the network's."""
    return [SelectChoice(code, name) for code, name in country_choices()]


class MemberFilter(Filter):
    """Which members to list."""

    name = SearchField(lazy_gettext("Name"))
    country = SelectField(lazy_gettext("Country"), validate_choice=False, choices=all_countries, default="")
    reads = SelectField(lazy_gettext("Reads in"), validate_choice=False, choices=all_languages, default="")
    theme = IdChoice(lazy_gettext("Theme"), validate_choice=False, default="")
    offers = SearchField(lazy_gettext("Offers"))
    needs = SearchField(lazy_gettext("Needs"))


def municipalities_to_choose() -> list[SelectChoice]:
    """All of the network."""
    named = [SelectChoice(str(row.id), row.name) for row in choices(current_speech().locale)]
    return [SelectChoice("", _("Please choose")), *named]


class OfficeForm(Shape):
    """Where a member works, and as what."""

    municipality = IdChoice(
        lazy_gettext("Municipality"), [Needed()], validate_choice=False, choices=municipalities_to_choose, default=""
    )
    post_held = StringField(lazy_gettext("Position"))

    @property
    def municipality_id(self) -> int:
        """The one that was chosen; 0 is none."""
        text = self.municipality.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0


def languages_or_none() -> list[SelectChoice]:
    """One of the four, or nothing."""
    return [SelectChoice("", _("No other language")), *OWN_NAMES]


class PhotoForm(Shape):
    """A picture of oneself."""

    file = FileField(lazy_gettext("Picture"))


class SettingsForm(Shape):
    """How a member is called and spoken to. The order of the reading languages is the order of the fields; a client
    sends them as a list."""

    of_pages = READ_FIELDS

    display_name = StringField(lazy_gettext("Your name"), [Needed()])
    other_name = StringField(lazy_gettext("Your name in the other script"))
    language = RadioField(lazy_gettext("Language of the pages"), validate_choice=False, choices=OWN_NAMES)
    digits = RadioField(
        lazy_gettext("Digits"),
        validate_choice=False,
        choices=[SelectChoice("latn", "0123456789"), SelectChoice("arab", "٠١٢٣٤٥٦٧٨٩")],
    )
    zone = ZoneField(lazy_gettext("Time zone"), near=COUNTRIES)
    saves_data = BooleanField(lazy_gettext("Save data"))
    reads = Texts()
    reads_1 = SelectField(lazy_gettext("First"), validate_choice=False, choices=OWN_NAMES)
    reads_2 = SelectField(lazy_gettext("Second"), validate_choice=False, choices=languages_or_none, default="")
    reads_3 = SelectField(lazy_gettext("Third"), validate_choice=False, choices=languages_or_none, default="")
    reads_4 = SelectField(lazy_gettext("Fourth"), validate_choice=False, choices=languages_or_none, default="")

    def asked(self) -> dict[str, Any]:
        """What `actions.change_settings` takes."""
        names = ("display_name", "other_name", "language", "digits", "zone")
        kept: dict[str, Any] = {name: self._fields[name].data or "" for name in names}
        kept |= {"saves_data": bool(self.saves_data.data)}
        return kept | {"reads": self.reads.data or [self._fields[name].data or "" for name in READ_FIELDS]}

    def take(self, refused: Refused) -> None:
        """What is wrong with the reading languages stands at the first of them."""
        if "reads" in refused.fields:
            refused.fields["reads_1"] = refused.fields.pop("reads")
        super().take(refused)
