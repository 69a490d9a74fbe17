"""What a browser or a client may send about requests."""

from wtforms import SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice

from forum.agenda.actions.asking import Said
from forum.agenda.models import RequestState
from forum.core.forms import Filter, IdChoice, Key, LanguageField, Needed, Shape, Whole
from forum.core.languages import gettext as _
from forum.core.languages import lazy_gettext


class RequestForm(Shape):
    """What somebody needs. `anyway`: they have seen the requests that are like it."""

    of_pages = ("anyway",)
    title = StringField(lazy_gettext("We need …"))
    words = TextAreaField(lazy_gettext("What it is about (may stay empty)"))
    language = LanguageField(lazy_gettext("Language of your text"))
    space = IdChoice(lazy_gettext("Who sees it"), validate_choice=False, default="")
    anyway = StringField()
    key = Key()

    def said(self) -> Said:
        """What the request says."""
        return Said(title=self.title.data or "", words=self.words.data or "", language=self.language.data or None)

    def space_id(self, *, usual: int) -> int:
        """The space that was chosen, or the usual one."""
        given = (self.space.data or "").strip()
        if not given:
            return usual
        return int(given) if given.isascii() and given.isdigit() and len(given) < 18 else 0


class ChangeForm(Shape):
    """The same in other words."""

    title, words, language = RequestForm.title, RequestForm.words, RequestForm.language
    said = RequestForm.said


class AnswerForm(Shape):
    """Where the answer is."""

    link = StringField(lazy_gettext("Address of the answer"))
    words = TextAreaField(lazy_gettext("A few words to it (may stay empty)"))


class ScheduleForm(Shape):
    """The event that takes it up."""

    workshop = Whole(lazy_gettext("Event"))


class DeclineForm(Shape):
    """Why not."""

    reason = TextAreaField(lazy_gettext("Why the network does not take it up"), [Needed()])


class MergeForm(Shape):
    """The request that asks for the same."""

    into = Whole(lazy_gettext("Number of the other request"))


def _states() -> list[SelectChoice]:
    return [
        SelectChoice(str(RequestState.OPEN), _("Open")),
        SelectChoice(str(RequestState.SCHEDULED), _("Planned")),
        SelectChoice(str(RequestState.ANSWERED), _("Answered")),
        SelectChoice(str(RequestState.DECLINED), _("Declined")),
    ]


def _orders() -> list[SelectChoice]:
    return [SelectChoice("", _("The most wanted first")), SelectChoice("newest", _("The newest first"))]


class RequestFilter(Filter):
    """Which requests are listed."""

    state = SelectField(lazy_gettext("What became of it"), validate_choice=False, choices=_states, default="open")
    order = SelectField(lazy_gettext("Order"), validate_choice=False, choices=_orders, default="")
    workshop = StringField()
    waiting = StringField()
