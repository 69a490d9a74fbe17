"""What a browser may send about municipalities."""

from wtforms import SearchField, SelectField
from wtforms.fields import SelectChoice

from forum.core.forms import Filter
from forum.core.languages import lazy_gettext
from forum.municipalities.queries import country_choices


def all_countries() -> list[SelectChoice]:
    """Any country, or one of the network's."""
    return [SelectChoice(code, name) for code, name in country_choices()]


class MunicipalityFilter(Filter):
    """Which municipalities to list."""

    name = SearchField(lazy_gettext("Name"))
    country = SelectField(lazy_gettext("Country"), validate_choice=False, choices=all_countries, default="")
