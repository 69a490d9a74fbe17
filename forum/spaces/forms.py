"""What a browser or a client may send to spaces."""

from typing import Any

from wtforms import RadioField, SearchField, StringField, TextAreaField
from wtforms.fields import SelectChoice

from forum.core.forms import Filter, Shape
from forum.core.languages import LANGUAGES, lazy_gettext
from forum.core.languages import gettext as _
from forum.spaces.models import Joining, SpaceKind


def kind_words() -> dict[str, str]:
    """{kind: who may read it}, in the reader's words."""
    return {
        SpaceKind.PUBLIC: _("Everybody, also without an account"),
        SpaceKind.MEMBERS: _("All members of the network"),
        SpaceKind.PARTICIPANTS: _("The participants"),
        SpaceKind.STAFF: _("Moderators, managers and administrators"),
        SpaceKind.PRIVATE: _("Only those who belong to it"),
    }


def _kinds() -> list[SelectChoice]:
    return [SelectChoice(str(kind), words) for kind, words in kind_words().items()]


def _ways() -> list[SelectChoice]:
    return [
        SelectChoice(str(Joining.INVITATION), _("Managers add them; others do not see that the space is there")),
        SelectChoice(str(Joining.REQUEST), _("Members see its name, ask to join, and managers decide")),
    ]


class SpaceForm(Shape):
    """A space: who may read it, how one comes in, what it is called. An empty name is taken from another language."""

    in_languages = {"names": "name"}

    name = StringField()
    name_ar = StringField(lazy_gettext("Name in Arabic"))
    name_en = StringField(lazy_gettext("Name in English"))
    name_fr = StringField(lazy_gettext("Name in French"))
    name_tr = StringField(lazy_gettext("Name in Turkish"))
    kind = RadioField(
        lazy_gettext("Who may read it"), validate_choice=False, choices=_kinds, default=SpaceKind.PRIVATE.value
    )
    joining = RadioField(
        lazy_gettext("How members come in, where not everybody may read"),
        validate_choice=False,
        choices=_ways,
        default=Joining.INVITATION.value,
    )

    def asked(self) -> dict[str, Any]:
        """What `actions.open_space` and `change_space` take."""
        names = {language: self._fields[f"name_{language}"].data or "" for language in LANGUAGES}
        return {"names": names, "kind": self.kind.data or "", "joining": self.joining.data or Joining.INVITATION}


class AskForm(Shape):
    """Asking to be let in."""

    why = TextAreaField(lazy_gettext("Why would you like to take part? (may stay empty)"))


class FindForm(Filter):
    """Which members to offer for a space."""

    name = SearchField(lazy_gettext("Name of a member"))
