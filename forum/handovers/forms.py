"""What a browser or a client may send about handovers."""

from typing import Any

from wtforms.fields import SelectChoice

from forum.core.forms import IdChoice, Needed, Shape, Texts
from forum.core.languages import gettext as _
from forum.core.languages import lazy_gettext
from forum.handovers.queries import colleagues
from forum.members.models import Member


class HandoverForm(Shape):
    """Who takes over, and which drafts go along, each "kind-id"."""

    successor = IdChoice(lazy_gettext("Successor"), [Needed()], validate_choice=False, choices=(), default="")
    drafts = Texts(lazy_gettext("Drafts that go along"))

    @property
    def successor_id(self) -> int:
        """Who was chosen; 0 is nobody."""
        text = self.successor.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0

    def chosen(self) -> list[tuple[str, int]]:
        """(kind, subject id) of the drafts."""
        parts = (text.partition("-") for text in self.drafts.data or ())
        return [(kind, int(id)) for kind, _dash, id in parts if id.isascii() and id.isdigit() and len(id) < 18]

    def offer(self, leaver: Member) -> Any:
        """Name those who may be chosen."""
        named = [SelectChoice(str(row.id), row.display_name) for row in colleagues(leaver)]
        self.successor.choices = [SelectChoice("", _("Please choose")), *named]
        return self
