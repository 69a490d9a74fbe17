"""What a browser may send about municipalities."""

from typing import Any

from wtforms import SearchField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice

from forum.core.forms import Filter, IdChoice, Needed, Shape, Whole
from forum.core.languages import LANGUAGES, NAMES, current_speech, lazy_gettext
from forum.core.languages import gettext as _
from forum.municipalities.actions import Said
from forum.municipalities.models import Municipality
from forum.municipalities.queries import Words, choices, country_choices


def all_countries() -> list[SelectChoice]:
    """Any country, or one of the network's."""
    return [SelectChoice(code, name) for code, name in country_choices()]


class MunicipalityFilter(Filter):
    """Which municipalities to list."""

    name = SearchField(lazy_gettext("Name"))
    country = SelectField(lazy_gettext("Country"), validate_choice=False, choices=all_countries, default="")


def countries() -> list[SelectChoice]:
    """One of the network's, or none yet."""
    named = [SelectChoice(code, name) for code, name in country_choices() if code]
    return [SelectChoice("", _("Please choose")), *named]


def all_municipalities() -> list[SelectChoice]:
    """All of the network, or none yet."""
    named = [SelectChoice(str(row.id), row.name) for row in choices(current_speech().locale)]
    return [SelectChoice("", _("Please choose")), *named]


class MunicipalityForm(Shape):
    """All that managers say of a municipality."""

    in_languages = {"names": "name", "texts": "text"}

    name_ar = StringField(NAMES["ar"])
    name_en = StringField(NAMES["en"])
    name_fr = StringField(NAMES["fr"])
    name_tr = StringField(NAMES["tr"])
    country = SelectField(lazy_gettext("Country"), validate_choice=False, choices=countries, default="")
    population = Whole(lazy_gettext("Inhabitants"))
    hosted_population = Whole(lazy_gettext("Displaced people hosted"))
    population_year = Whole(lazy_gettext("Year of the figures"))
    population_source = StringField(lazy_gettext("Source of the figures"))
    text_ar = TextAreaField(NAMES["ar"])
    text_en = TextAreaField(NAMES["en"])
    text_fr = TextAreaField(NAMES["fr"])
    text_tr = TextAreaField(NAMES["tr"])

    @staticmethod
    def shown(municipality: Municipality, words: Words) -> dict[str, Any]:
        """What holds now, for the fields."""
        figures = ("country", "population", "hosted_population", "population_year", "population_source")
        held = {name: getattr(municipality, name) for name in figures}
        named = {f"name_{language}": name for language, name in words.names.items()}
        return held | named | {f"text_{language}": text for language, text in words.texts.items()}

    def asked(self) -> Said:
        """What the actions take."""
        return Said(
            names={language: self._fields[f"name_{language}"].data or "" for language in LANGUAGES},
            texts={language: self._fields[f"text_{language}"].data or "" for language in LANGUAGES},
            country=self.country.data or "",
            population=self.population.data,
            hosted_population=self.hosted_population.data,
            population_year=self.population_year.data,
            population_source=self.population_source.data or "",
        )


class MergeForm(Shape):
    """Into which municipality another one goes."""

    into = IdChoice(
        lazy_gettext("Merge into"), [Needed()], validate_choice=False, choices=all_municipalities, default=""
    )

    @property
    def into_id(self) -> int:
        """The one that was chosen; 0 is none."""
        text = self.into.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0
