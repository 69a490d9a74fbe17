"""What a browser or a client may send about drafts."""

from wtforms import StringField, TextAreaField

from forum.core.forms import LanguageField, Shape, Whole


class DraftForm(Shape):
    """What is written so far."""

    title = StringField()
    words = TextAreaField()
    language = LanguageField("")
    reply_to = Whole()
    version = Whole()
