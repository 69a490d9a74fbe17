"""A small tree of clean HTML: read, changed, written again with every text and value escaped.

Only for what `clean` has let through. Neither reading nor writing recurses.
"""

from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

VOID = frozenset({"br", "hr", "img"})


@dataclass(slots=True)
class Element:
    """A tag, its attributes, and its children: texts and elements."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Element | str"] = field(default_factory=list)


def parse(html: str) -> Element:
    """The fragment under a nameless root."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.root


def text_of(element: Element, skip: frozenset[str] = frozenset()) -> str:
    """All text below, without that of elements in `skip`."""
    parts: list[str] = []
    waiting: list[Element | str] = [element]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            parts.append(node)
        elif node.tag not in skip:
            waiting.extend(reversed(node.children))
            if node.tag in VOID:
                parts.append(node.attributes.get("alt", "\n"))
    return "".join(parts)


def write(root: Element) -> str:
    """The HTML of the root's children."""
    parts: list[str] = []
    waiting: list[Element | str | _End] = list(reversed(root.children))
    while waiting:
        node = waiting.pop()
        if isinstance(node, _End):
            parts.append(f"</{node.tag}>")
        elif isinstance(node, str):
            parts.append(escape(node, quote=False))
        else:
            attributes = "".join(f' {name}="{escape(value)}"' for name, value in node.attributes.items())
            parts.append(f"<{node.tag}{attributes}>")
            if node.tag not in VOID:
                waiting.append(_End(node.tag))
                waiting.extend(reversed(node.children))
    return "".join(parts)


@dataclass(slots=True)
class _End:
    tag: str


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if len(self._open) > 1 and self._open[-1].tag == tag:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)
