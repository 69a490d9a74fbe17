"""What a browser or a client may send about records."""

from wtforms import RadioField, TextAreaField
from wtforms.fields import SelectChoice

from forum.core.forms import LanguageField, Needed, Shape
from forum.core.languages import gettext as _
from forum.core.languages import lazy_gettext
from forum.records.models import RecordKind


def _kinds() -> list[SelectChoice]:
    return [
        SelectChoice(str(RecordKind.TRANSCRIPT), _("Transcript: word for word")),
        SelectChoice(str(RecordKind.MINUTES), _("Minutes: what somebody wrote down")),
    ]


class RecordForm(Shape):
    """A record. A page sends a file or what was pasted, a client the text."""

    text = TextAreaField(lazy_gettext("Or paste it here"))
    language = LanguageField(lazy_gettext("Language in which it is"))
    kind = RadioField(lazy_gettext("What it is"), validate_choice=False, choices=_kinds, default="transcript")


class CorrectionForm(Shape):
    """What a line should say."""

    words = TextAreaField(lazy_gettext("What was said"), [Needed()])
