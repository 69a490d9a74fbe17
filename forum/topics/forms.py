"""What a browser or a client may send about topics and posts."""

from typing import Any

from wtforms import SelectField, StringField, SubmitField, TextAreaField
from wtforms.fields import SelectChoice

from forum.core.forms import Key, Needed, Shape, Whole
from forum.core.languages import LANGUAGES, NAMES, lazy_gettext
from forum.core.languages import gettext as _
from forum.following.models import Level


class LanguageField(SelectField):
    """The language of a text; empty has it detected."""

    def __init__(self, label: Any, **kwargs: Any) -> None:
        super().__init__(label, validate_choice=False, choices=self.all, default="", **kwargs)

    @staticmethod
    def all() -> list[SelectChoice]:
        """What can be chosen: by itself, or one of the four."""
        named = [SelectChoice(code, NAMES[code]) for code in LANGUAGES]
        return [SelectChoice("", _("found by itself")), *named]


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
