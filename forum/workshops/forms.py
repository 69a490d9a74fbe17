"""What a browser or a client may send to workshops."""

from wtforms import SelectField, StringField, SubmitField, TextAreaField

from forum.core.forms import Key, Shape
from forum.core.languages import LANGUAGES, NAMES, lazy_gettext
from forum.core.languages import gettext as _


def languages_to_choose() -> list[tuple[str, str]]:
    """The language of a text: found by itself, or one of the four."""
    return [("", _("found by itself")), *((code, NAMES[code]) for code in LANGUAGES)]


class TopicForm(Shape):
    """A new topic: its title and its first post."""

    title = StringField(lazy_gettext("Title"))
    words = TextAreaField(lazy_gettext("The first post"))
    language = SelectField(
        lazy_gettext("Language of what you write"), choices=languages_to_choose, validate_choice=False, default=""
    )
    key = Key()
    preview = SubmitField()
