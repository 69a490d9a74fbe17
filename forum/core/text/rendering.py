"""From what a member typed to what everybody sees."""

from collections.abc import Collection
from dataclasses import dataclass

from forum.core.languages.direction import direction as direction_of_text
from forum.core.languages.lines import clean_body
from forum.core.loop import off_the_loop
from forum.core.text.attached import with_marks
from forum.core.text.blocks import with_directions
from forum.core.text.links import with_link_marks
from forum.core.text.markdown import to_html
from forum.core.text.quotes import with_quotes
from forum.core.text.sanitiser import clean

MAX_WORDS = 20_000
"""Characters of the longest text; forms refuse more, `render` does not look."""

SHORT = 1_000
"""Characters that are rendered in a few milliseconds."""

RENDERER = 5
"""The version of this pipeline, stored with its output: raise it when the same words give other HTML."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """Clean HTML, the way the whole text runs, the language it was declared in, and the pipeline's version."""

    html: str
    direction: str
    language: str | None
    renderer: int = RENDERER


def render(
    words: str, *, language: str | None = None, kinds: Collection[str] = (), origins: Collection[str] = ()
) -> Rendered:
    """Markdown to clean HTML with directions. `language` is the author's, if known; never an error, whatever is typed.
    `kinds` of places of ours that may be linked to, under `origins`, are marked: see core/text/links.py.

    Up to a second of CPU for a hostile text of MAX_WORDS characters, so long ones go off the event loop.
    """
    given = (words, language, kinds, origins)
    return off_the_loop(_render, *given) if len(words) > SHORT else _render(*given)


def _render(words: str, language: str | None, kinds: Collection[str], origins: Collection[str]) -> Rendered:
    words = clean_body(words)
    direction = direction_of_text(words, declared=language)
    html = with_marks(with_quotes(clean(to_html(words)).strip()))
    html = with_link_marks(html, kinds=kinds, origins=origins) if kinds else html
    return Rendered(with_directions(html, direction), direction, language)
