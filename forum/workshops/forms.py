"""What a browser or a client may send to workshops."""

from wtforms import StringField, SubmitField, TextAreaField

from forum.core.forms import Key, LanguageField, Shape
from forum.core.languages import lazy_gettext


class TopicForm(Shape):
    """A new topic: its title and its first post."""

    title = StringField(lazy_gettext("Title"))
    words = TextAreaField(lazy_gettext("The first post"))
    language = LanguageField(lazy_gettext("Language of what you write"))
    key = Key()
    preview = SubmitField()
