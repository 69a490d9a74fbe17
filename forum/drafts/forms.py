"""What a browser or a client may send about drafts."""

from wtforms import StringField, TextAreaField

from forum.core.forms import LanguageField, Shape, Texts, Whole, Wholes


class DraftForm(Shape):
    """What is written so far."""

    title = StringField()
    words = TextAreaField()
    language = LanguageField("")
    reply_to = Whole()
    version = Whole()
    themes = Wholes()
    tags = Texts()
    topic_kind = StringField()
    reason = StringField()
