"""Titles and words before they are kept: checked, their language known, rendered once."""

from dataclasses import dataclass

from forum.core.errors import Invalid
from forum.core.languages import LANGUAGES, clean_line, detect, direction_of, strip_bidi
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.core.text import MAX_WORDS, Rendered, render
from forum.topics import queries
from forum.topics.actions.counting import member_id_of
from forum.topics.models import LONGEST_TITLE, LanguageSource


@dataclass(frozen=True)
class Text:
    """Words that have been checked and rendered."""

    words: str
    rendered: Rendered
    language: str
    source: LanguageSource

    @property
    def direction(self) -> str:
        """The declared language's direction, else the one that the letters show."""
        if self.source == LanguageSource.DETECTED:
            return self.rendered.direction
        return direction_of(self.language)


def check_title(title: str) -> str:
    """The title as it is kept; raises Invalid."""
    title = clean_line(strip_bidi(title))
    if not title:
        raise Invalid(fields={"title": _("Give the topic a title.")})
    if len(title) > LONGEST_TITLE:
        raise Invalid(fields={"title": _("A title has at most %(num)s characters.", num=LONGEST_TITLE)})
    return title


def check_words(
    words: str, *, language: str | None, author: Reader, title: str = "", fallback: str | None = None
) -> Text:
    """The words checked, their language known, rendered once; raises Invalid."""
    words = words.replace("\r\n", "\n").strip()
    if not words:
        raise Invalid(fields={"words": _("Write something first.")})
    if len(words) > MAX_WORDS:
        raise Invalid(fields={"words": _("A post has at most %(num)s characters.", num=MAX_WORDS)})
    if language and language not in LANGUAGES:
        raise Invalid(fields={"language": _("Choose one of the four languages.")})
    if language:
        return Text(words, render(words, language=language), language, LanguageSource.DECLARED)
    last = fallback or queries.last_language_of(member_id_of(author)) or author.language or "en"
    found = detect(f"{title}\n{words}", fallback=last) or last
    return Text(words, render(words), found, LanguageSource.DETECTED)
