"""What a browser or a client may send about topics and posts."""

from typing import Any

from wtforms import HiddenField, RadioField, SearchField, SelectField, StringField, SubmitField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.widgets import HiddenInput

from forum.core.errors import Invalid
from forum.core.forms import Filter, IdChoice, IdField, Key, LanguageField, Needed, Several, Shape, Texts, Whole, Wholes
from forum.core.languages import LANGUAGES, NAMES, lazy_gettext, to_latin_digits
from forum.core.languages import gettext as _
from forum.core.uploads import WithFile
from forum.following.models import Level
from forum.municipalities.queries import country_choices
from forum.topics.models import TopicKind


class StartForm(WithFile, Shape):
    """A new topic: its title, its first post, what it is about."""

    title = StringField(lazy_gettext("Title"))
    words = TextAreaField(lazy_gettext("The first post"))
    language = LanguageField(lazy_gettext("Language of what you write"))
    themes = Wholes(lazy_gettext("Themes"))
    tags = Texts(lazy_gettext("Tags"))
    kind = StringField(lazy_gettext("Kind of topic"))
    key = Key()
    preview = SubmitField()
    keep = SubmitField()

    def asked(self) -> dict[str, Any]:
        """What the actions that start a topic take."""
        return {
            "title": self.title.data or "",
            "words": self.words.data or "",
            "language": self.language.data or None,
            "themes": self.themes.data or (),
            "tags": self.tags.data or (),
            "kind": self.kind.data,
            "key": self.key.data,
        }


class ReplyForm(WithFile, Shape):
    """A reply: words, perhaps their language and the number of the post that it answers."""

    words = TextAreaField(lazy_gettext("Your reply"))
    language = LanguageField(lazy_gettext("Language of what you write"))
    reply_to = Whole(widget=HiddenInput())
    key = Key()
    preview = SubmitField()
    keep = SubmitField()


class PreviewForm(Shape):
    """Words that somebody wants to see as they will look."""

    words = TextAreaField()
    language = LanguageField("")


class EditForm(WithFile, Shape):
    """Other words for a post; `version` is the one that the editor saw. A client says it with If-Match."""

    of_pages = ("version",)
    words = TextAreaField(lazy_gettext("The post"))
    language = LanguageField(lazy_gettext("Language of the post"))
    version = Whole(validators=[Needed()], widget=HiddenInput())
    reason = StringField(lazy_gettext("Why the post is changed (may stay empty)"))
    preview = SubmitField()
    keep = SubmitField()


class TopicHeadForm(Shape):
    """Another title, other themes and tags, question or not. `labels` says that a page's form brought the boxes, so
    that none ticked means none."""

    of_pages = ("labels",)
    title = StringField(lazy_gettext("Title"))
    themes = Wholes(lazy_gettext("Themes"))
    tags = Texts(lazy_gettext("Tags"))
    kind = StringField(lazy_gettext("Kind of topic"))
    labels = HiddenField()

    def given(self, field: Several) -> list | None:
        """The values, or None when they were not sent and stay as they are."""
        return (field.data or []) if field.is_given or self.labels.data else None

    def kind_given(self) -> str | None:
        """The kind, or None when it was not sent."""
        return self.kind.data or (TopicKind.DISCUSSION if self.labels.data else None)


def _languages() -> list[SelectChoice]:
    return [SelectChoice("", _("All languages")), *(SelectChoice(code, NAMES[code]) for code in LANGUAGES)]


def _countries() -> list[SelectChoice]:
    return [SelectChoice(code, name) for code, name in country_choices()]


class TopicFilter(Filter):
    """Which topics to list, all of it in the address. The page gives `theme` its choices."""

    show = HiddenField()
    theme = IdChoice(lazy_gettext("Theme"), validate_choice=False, choices=[], default="")
    tag = SearchField(lazy_gettext("Tag"))
    language = SelectField(lazy_gettext("Language"), validate_choice=False, choices=_languages, default="")
    country = SelectField(lazy_gettext("Country"), validate_choice=False, choices=_countries, default="")
    municipality = IdField()
    workshop = IdField()

    def id_in(self, name: str) -> int | None:
        """The id that was asked for; 0, which nothing has, for what is no id; None when the field is empty."""
        words = to_latin_digits(self[name].data or "").strip()
        if not words:
            return None
        return int(words) if words.isascii() and words.isdigit() and len(words) < 16 else 0


class ThemeForm(Shape):
    """A theme: its names and its place."""

    in_languages = {"names": "name"}

    name_ar = StringField(lazy_gettext("Name in Arabic"))
    name_en = StringField(lazy_gettext("Name in English"))
    name_fr = StringField(lazy_gettext("Name in French"))
    name_tr = StringField(lazy_gettext("Name in Turkish"))
    parent = Whole(lazy_gettext("Below"))
    position = Whole(lazy_gettext("Place among its sisters"))

    def names(self) -> dict[str, str]:
        """{language: name}."""
        return {language: self[f"name_{language}"].data or "" for language in LANGUAGES}


class ReadForm(Shape):
    """How far somebody has read."""

    number = Whole(validators=[Needed()])


class FollowForm(Shape):
    """How much a member wants to hear."""

    level = RadioField(validate_choice=False, choices=[SelectChoice(level.value) for level in Level], default="all")

    def asked(self) -> Level:
        """The level; raises Invalid."""
        if self.level.data not in list(Level):
            raise Invalid(fields={"level": _("Choose all, mentions or muted.")})
        return Level(self.level.data)


class BookmarkForm(Shape):
    """A post to keep, perhaps with a note."""

    note = StringField(lazy_gettext("Your note (may stay empty; only you see it)"))


class WhyForm(Shape):
    """The reason for taking a post out of sight."""

    why = StringField(lazy_gettext("Why"), [Needed()])
