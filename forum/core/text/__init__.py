"""What members write: Markdown in, clean HTML out, every block running its own way.

`render` is the only door; its HTML is the only HTML from people that a page shows.
"""

from forum.core.text.attached import Attached, marked_in, with_files, with_notes
from forum.core.text.differing import differences
from forum.core.text.links import linked_in, with_cards
from forum.core.text.plain import excerpt, plain, shortened
from forum.core.text.quotes import quote, quoted_in, renamed, with_heads
from forum.core.text.rendering import MAX_WORDS, RENDERER, Rendered, render
from forum.core.text.sanitiser import clean

__all__ = [
    "Attached",
    "MAX_WORDS",
    "RENDERER",
    "Rendered",
    "clean",
    "differences",
    "excerpt",
    "linked_in",
    "marked_in",
    "plain",
    "quote",
    "quoted_in",
    "renamed",
    "render",
    "shortened",
    "with_cards",
    "with_files",
    "with_heads",
    "with_notes",
]
