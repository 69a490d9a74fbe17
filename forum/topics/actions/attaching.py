"""Files in posts: which ones a text shows, and whether its author may."""

from collections.abc import Mapping
from dataclasses import replace

from forum.core.errors import Invalid
from forum.core.languages import gettext as _
from forum.core.languages import has_visible
from forum.core.reader import Reader
from forum.core.text import Rendered, marked_in, with_files
from forum.files.actions import use_files
from forum.files.models import MOST_FILES
from forum.files.queries import uses_of
from forum.topics import queries
from forum.topics.actions.texts import Text
from forum.topics.queries import ATTACHED

NONE: Mapping[int, bool] = {}


def check_files(
    text: Text, *, author: Reader, space_id: int, before: Mapping[int, bool] = NONE
) -> tuple[Text, set[int]]:
    """The text with its files drawn, and their ids. Raises Invalid for too many, for a picture that nobody described,
    and for a file that is not there or that the author may not show here: the same words for both. `before` are those
    that the same post shows, or showed once."""
    marked = marked_in(text.rendered.html)
    if not marked:
        return text, set()
    if len(marked) > MOST_FILES:
        raise Invalid(fields={"words": _("A post holds at most %(num)s files.", num=MOST_FILES)})
    files = queries.usable_files(list(marked), author=author, space_id=space_id, known=list(before))
    for id, words in marked.items():
        if id not in files:
            message = _(
                "The file %(address)s is no longer there, or not yours to show here. Attach it yourself.",
                address=f"/files/{id}",
            )
            raise Invalid(fields={"words": message})
        if files[id].is_picture and not has_visible(words):
            message = _(
                "Say what the picture %(mark)s shows, between its brackets: not everybody sees it.",
                mark=f"![](/files/{id})",
            )
            raise Invalid(fields={"words": message})
    return replace(text, rendered=_drawn(text.rendered, with_files(text.rendered.html, files))), set(files)


def files_before(post_id: int) -> dict[int, bool]:
    """{id: is it shown now} of the files that a post shows, or showed once."""
    return uses_of(ATTACHED, post_id)


def keep_files(post_id: int, ids: set[int], *, before: Mapping[int, bool] = NONE) -> None:
    """Remember what a post shows now."""
    if ids or before:
        use_files(ATTACHED, post_id, ids, before=[id for id, is_current in before.items() if is_current])


def draw_files(rendered: Rendered, *, reader: Reader, space_id: int | None = None) -> Rendered:
    """A preview with the files that the reader may show; of others the words stay."""
    marked = marked_in(rendered.html)
    files = queries.usable_files(list(marked), author=reader, space_id=space_id) if marked else {}
    return _drawn(rendered, with_files(rendered.html, files)) if marked else rendered


def _drawn(rendered: Rendered, html: str) -> Rendered:
    return replace(rendered, html=html)
