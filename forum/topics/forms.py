"""What a browser or a client may send about topics and posts."""

from wtforms import SelectField, StringField, SubmitField, TextAreaField
from wtforms.fields import SelectChoice

from forum.core.forms import Key, LanguageField, Needed, Shape, Whole
from forum.core.languages import lazy_gettext
from forum.following.models import Level


class ReplyForm(Shape):
    """A reply: words, perhaps their language and the number of the post that it answers."""

    words = TextAreaField(lazy_gettext("Your reply"))
    language = LanguageField(lazy_gettext("Language of what you write"))
    reply_to = Whole()
    key = Key()
    preview = SubmitField()


class EditForm(Shape):
    """Other words for a post; `version` is the one that the editor saw."""

    words = TextAreaField(lazy_gettext("The post"))
    language = LanguageField(lazy_gettext("Language of the post"))
    version = Whole(validators=[Needed()])
    preview = SubmitField()


class TitleForm(Shape):
    """Another title."""

    title = StringField(lazy_gettext("Title"))


class ReadForm(Shape):
    """How far somebody has read."""

    number = Whole(validators=[Needed()])


class FollowForm(Shape):
    """How much a member wants to hear."""

    level = SelectField(choices=[SelectChoice(level) for level in Level], default="all")


class WhyForm(Shape):
    """The reason for taking a post out of sight."""

    why = StringField(lazy_gettext("Why"), [Needed()])
