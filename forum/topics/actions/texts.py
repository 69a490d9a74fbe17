"""Titles and words before they are kept: checked, their language known, rendered once."""

from dataclasses import dataclass

from forum.core import pace
from forum.core.errors import Invalid
from forum.core.languages import (
    LANGUAGES,
    clean_body,
    clean_line,
    clean_title,
    detect,
    direction_of,
    has_visible,
    strip_bidi,
)
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.core.site import current_site, own_origins
from forum.core.text import MAX_WORDS, Rendered, marked_in, plain, render
from forum.topics import queries
from forum.topics.actions.counting import member_id_of
from forum.topics.actions.mentions import mentioned
from forum.topics.models import LONGEST_REASON, LONGEST_TITLE, LanguageSource


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

    def held(self) -> dict[str, str]:
        """The columns of a held post that it fills."""
        said = {"words": self.words, "html": self.rendered.html}
        return said | {"language": self.language, "direction": self.direction}


def check_title(title: str) -> str:
    """The title as it is kept; raises Invalid."""
    title = clean_title(title)
    if not has_visible(title):
        raise Invalid(fields={"title": _("Give the topic a title.")})
    if len(title) > LONGEST_TITLE:
        raise Invalid(fields={"title": _("A title has at most %(num)s characters.", num=LONGEST_TITLE)})
    return title


def check_reason(reason: str) -> str:
    """Why something was done, in one line; may be empty. Raises Invalid."""
    reason = clean_line(strip_bidi(reason))
    if len(reason) > LONGEST_REASON:
        raise Invalid(fields={"reason": _("A reason has at most %(num)s characters.", num=LONGEST_REASON)})
    return reason


def check_words(
    words: str, *, language: str | None, author: Reader, title: str = "", fallback: str | None = None
) -> Text:
    """The words checked, their language known, rendered once; raises Invalid."""
    words = clean_body(words)
    rendered = preview(words, language=language)  # before the first statement: on SQLite that one takes the lock
    if not has_visible(plain(rendered.html)) and not marked_in(rendered.html):
        raise Invalid(fields={"words": _("Write something first.")})
    if pace.is_new(author):
        _check_newcomer(words, rendered)
    if language:
        return Text(words, rendered, language, LanguageSource.DECLARED)
    last = fallback or queries.last_language_of(member_id_of(author)) or author.language or "en"
    found = detect(f"{title}\n{words}", fallback=last) or last
    return Text(words, rendered, found, LanguageSource.DETECTED)


def _check_newcomer(words: str, rendered: Rendered) -> None:
    """What programs write when they have just come is mostly links, and calls of many names. Raises Invalid."""
    site = current_site()
    if pace.outward_links(rendered.html) > site.newcomer_links:
        message = _(
            "While you are new here a post holds at most %(num)s links to other sites.", num=site.newcomer_links
        )
        raise Invalid(fields={"words": message})
    if len(mentioned(words)) > site.newcomer_mentions:
        message = _(
            "While you are new here a post speaks to at most %(num)s members by name.", num=site.newcomer_mentions
        )
        raise Invalid(fields={"words": message})


def preview(words: str, *, language: str | None) -> Rendered:
    """The words as they would look; raises Invalid where they are too long or their language is none of ours."""
    if len(words) > MAX_WORDS:
        raise Invalid(fields={"words": _("A post has at most %(num)s characters.", num=MAX_WORDS)})
    if language and language not in LANGUAGES:
        raise Invalid(fields={"language": _("Choose one of the four languages.")})
    return render(words, language=language, kinds=queries.linkable(), origins=own_origins())
