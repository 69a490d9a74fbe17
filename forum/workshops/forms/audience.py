"""Who reads the topics of a workshop."""

from wtforms import RadioField
from wtforms.fields import SelectChoice

from forum.core.forms import Needed, Shape
from forum.core.languages import gettext as _
from forum.core.languages import lazy_gettext
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
