"""What a browser may send about municipalities."""

from wtforms import SearchField, SelectField

from forum.core.forms import Filter
from forum.core.languages import lazy_gettext
from forum.municipalities.queries import country_choices


class MunicipalityFilter(Filter):
    """Which municipalities to list."""

    name = SearchField(lazy_gettext("Name"))
    country = SelectField(lazy_gettext("Country"), validate_choice=False, choices=country_choices, default="")
