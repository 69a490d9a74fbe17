"""Files in a text: a link of ours to /files/<id>, also with Markdown's sign of a picture before it, is a file.

First the link becomes a mark; whoever keeps the text looks the files up and has the marks drawn. What is drawn holds
nothing of who reads: sizes in words are put in where it is shown. Works on clean HTML only.
"""

import re
from collections.abc import Callable, Mapping
from html import escape, unescape
from typing import NamedTuple

from forum.core.text.tree import Element, parse, text_of, write

SIZES = "(min-width: 48em) 40rem, 92vw"  # how wide a picture stands on a page
PREFERRED = "640"

_ADDRESS = re.compile(r"(?:/(?:ar|en|fr|tr))?/files/([1-9][0-9]{0,17})")
_MARK = re.compile(r'<a href="/files/(\d+)" data-file=""( data-picture="")?(?: dir="ltr")?>([^<]*)</a>')
_DRAWN = re.compile(
    r'(<a class="(picture|file)" href="/files/\d+" data-kind="(\w+)" data-size="(\d+)">)(.*?)</a>', re.DOTALL
)
_ALT = re.compile(r' alt="([^"]*)"')


class Attached(NamedTuple):
    """What of a file is shown. `widths` are those of its smaller copies."""

    id: int
    name: str
    kind: str
    size: int
    width: int | None
    height: int | None
    widths: tuple[int, ...]

    @property
    def is_picture(self) -> bool:
        """Is it shown as a picture?"""
        return self.width is not None


def with_marks(html: str) -> str:
    """Clean HTML with each link to a file as a mark."""
    if "/files/" not in html:
        return html
    root = parse(html)
    waiting = [root]
    while waiting:
        element = waiting.pop()
        for place, child in enumerate(element.children):
            if not isinstance(child, Element):
                continue
            found = _ADDRESS.fullmatch(child.attributes.get("href", "")) if child.tag == "a" else None
            if found:
                _mark(element, place, child, found[1])
            else:
                waiting.append(child)
    return write(root)


def _mark(around: Element, place: int, link: Element, file_id: str) -> None:
    link.attributes = {"href": f"/files/{file_id}", "data-file": ""}
    link.children = [" ".join(text_of(link).split())]
    before = around.children[place - 1] if place else ""
    if isinstance(before, str) and before.endswith("!"):
        link.attributes["data-picture"] = ""
        around.children[place - 1] = before[:-1]


def marked_in(html: str) -> dict[int, str]:
    """{id of a file: the words that stand for it} of the marks of a text; empty words win."""
    found: dict[int, str] = {}
    for id, _picture, words in _MARK.findall(html):
        found[int(id)] = unescape(words).strip() if found.get(int(id), " ") else ""
    return found


def with_files(html: str, files: Mapping[int, Attached]) -> str:
    """The marks drawn; of a file that is not among these the words alone stay."""

    def drawn(mark: re.Match[str]) -> str:
        file = files.get(int(mark[1]))
        if file is None:
            return mark[3]
        return _picture(file, mark[3]) if file.is_picture else _document(file, mark[3])

    return _MARK.sub(drawn, html)


def _picture(file: Attached, words: str) -> str:
    address, alt = f"/files/{file.id}", words.replace('"', "&quot;")
    small = [width for width in file.widths if file.width and width <= file.width]
    source = f"{address}/{PREFERRED if int(PREFERRED) in small else small[0]}" if small else address
    sources = ", ".join(f"{address}/{width} {width}w" for width in small)
    choices = f' srcset="{sources}" sizes="{SIZES}"' if len(small) > 1 else ""
    return (
        f'<a class="picture" href="{address}" data-kind="{file.kind}" data-size="{file.size}">'
        f'<img src="{source}"{choices} width="{file.width}" height="{file.height}" alt="{alt}"'
        ' loading="lazy" decoding="async"></a>'
    )


def _document(file: Attached, words: str) -> str:
    name = f"<bdi>{escape(file.name)}</bdi>"
    shown = f"{words} ({name})" if words and unescape(words) != file.name else name
    return f'<a class="file" href="/files/{file.id}" data-kind="{file.kind}" data-size="{file.size}">{shown}</a>'


def with_notes(html: str, note: Callable[[str, str, int, str], str]) -> str:
    """Drawn files with a piece of HTML at their end: `note(picture or file, kind, bytes, description)`."""

    def noted(file: re.Match[str]) -> str:
        alt = _ALT.search(file[5])
        return f"{file[1]}{file[5]}{note(file[2], file[3], int(file[4]), unescape(alt[1]) if alt else '')}</a>"

    return _DRAWN.sub(noted, html) if ' data-size="' in html else html
