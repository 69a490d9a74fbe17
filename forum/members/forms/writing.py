"""What a member may send to write to another."""

from wtforms import StringField, TextAreaField

from forum.core.forms import Key, LanguageField, Needed, Shape
from forum.core.languages import lazy_gettext


class LetterForm(Shape):
    """A short letter."""

    subject = StringField(lazy_gettext("Subject"), [Needed()])
    words = TextAreaField(lazy_gettext("Your letter"), [Needed()])
    language = LanguageField(lazy_gettext("Language"))
    key = Key()
