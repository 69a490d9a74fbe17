"""What a browser or a client may send at events."""

from typing import Any

from wtforms import SearchField, StringField, TextAreaField
from wtforms.fields import SelectChoice

from forum.attending.actions import Said
from forum.core.forms import Filter, IdChoice, Key, LanguageField, Needed, Shape, Whole
from forum.core.languages import LANGUAGES, NAMES, lazy_gettext, to_latin_digits
from forum.core.languages import gettext as _


class AudienceQuestionForm(Shape):
    """A question, in plain words."""

    words = TextAreaField(lazy_gettext("Your question"))
    talk = IdChoice(lazy_gettext("To whom, or about which talk"), validate_choice=False, choices=[], default="")
    language = LanguageField(lazy_gettext("Language of your text"))
    key = Key()

    def offer(self, talks: list[Any]) -> None:
        """Let one of these talks be chosen."""
        self.talk.choices = [SelectChoice("", _("To all"))] + [SelectChoice(str(one.id), one.title) for one in talks]

    def said(self) -> Said:
        """What the actions take; 0 is no talk of any event."""
        talk = to_latin_digits(self.talk.data or "")
        talk_id = None if not talk else int(talk) if talk.isascii() and talk.isdigit() and len(talk) < 18 else 0
        return Said(self.words.data or "", self.language.data or None, talk_id)


class QuestionChangeForm(Shape):
    """The same in other words."""

    words, talk, language = AudienceQuestionForm.words, AudienceQuestionForm.talk, AudienceQuestionForm.language
    offer, said = AudienceQuestionForm.offer, AudienceQuestionForm.said


class HidingForm(Shape):
    """Why it is hidden."""

    reason = StringField(lazy_gettext("Why"), [Needed()])


class QuestionAnswerForm(Shape):
    """It is answered; both may stay empty."""

    words = TextAreaField(lazy_gettext("The answer in a few words (may stay empty)"))
    link = StringField(lazy_gettext("Address of the post that answers it (may stay empty)"))


class QuestionFilter(Filter):
    """Which questions are listed."""

    state = StringField()


class FindMemberForm(Filter):
    """Which members to offer for the list of those who were there."""

    name = SearchField(lazy_gettext("Name of a member"))


class ReadingForm(Shape):
    """Something to read."""

    in_languages = {"titles": "title"}
    link = StringField(lazy_gettext("Address: a topic or post of this forum, or a page elsewhere"), [Needed()])
    title_ar = StringField(NAMES["ar"])
    title_en = StringField(NAMES["en"])
    title_fr = StringField(NAMES["fr"])
    title_tr = StringField(NAMES["tr"])

    def titles(self) -> dict[str, str]:
        """{language: title}."""
        return {language: self._fields[f"title_{language}"].data or "" for language in LANGUAGES}


class PlaceForm(Shape):
    """Where in the list it stands: 1 is the first."""

    place = Whole(lazy_gettext("Place in the list"), [Needed()])
