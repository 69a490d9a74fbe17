"""A material of a workshop."""

from typing import Any

from wtforms import FileField, SelectField, StringField, URLField
from wtforms.fields import SelectChoice

from forum.core.forms import Key, Needed, Shape, Whole
from forum.core.languages import LANGUAGES, NAMES, current_speech, lazy_gettext


def _languages() -> list[SelectChoice]:
    return [SelectChoice(code, NAMES[code]) for code in LANGUAGES]


class _Material(Shape):
    key = Key()
    title = StringField(lazy_gettext("Title"), [Needed()])
    language = SelectField(
        lazy_gettext("Language that it is in"),
        validate_choice=False,
        choices=_languages,
        default=lambda: current_speech().locale,
    )
    link = URLField(lazy_gettext("Link"))

    def given(self) -> dict[str, Any]:
        """What the actions take, without the file."""
        return {name: self._fields[name].data or "" for name in ("title", "language", "link")}


class MaterialForm(_Material):
    """A link, or a file that comes along."""

    file = FileField(lazy_gettext("Or a file"))


class MaterialJson(_Material):
    """A link, or the id of an upload of one's own."""

    file = Whole(lazy_gettext("Or a file"))
