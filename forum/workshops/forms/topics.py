"""A topic of a workshop, and who reads its topics."""

from wtforms import RadioField, StringField, SubmitField, TextAreaField
from wtforms.fields import SelectChoice

from forum.core.forms import Key, LanguageField, Needed, Shape, Texts, Wholes
from forum.core.languages import gettext as _
from forum.core.languages import lazy_gettext
from forum.core.uploads import WithFile
from forum.spaces.models import SpaceKind
from forum.workshops.rules import AUDIENCES


def _audiences() -> list[SelectChoice]:
    words = {
        SpaceKind.PUBLIC: _("Everybody, also without an account"),
        SpaceKind.MEMBERS: _("All members of the network"),
        SpaceKind.PARTICIPANTS: _("The participants"),
        SpaceKind.STAFF: _("Moderators, managers and administrators"),
    }
    return [SelectChoice(str(kind), words[kind]) for kind in AUDIENCES]


class AudienceForm(Shape):
    """Who reads the topics of a workshop."""

    kind = RadioField(lazy_gettext("Who may read its topics"), [Needed()], validate_choice=False, choices=_audiences)


class TopicForm(WithFile, Shape):
    """A new topic: its title and its first post."""

    title = StringField(lazy_gettext("Title"))
    words = TextAreaField(lazy_gettext("The first post"))
    language = LanguageField(lazy_gettext("Language of what you write"))
    themes = Wholes(lazy_gettext("Themes"))
    tags = Texts(lazy_gettext("Tags"))
    kind = StringField(lazy_gettext("Kind of topic"))
    key = Key()
    preview = SubmitField()
