"""Clean HTML back to plain text: for lists, notices, letters."""

import re

from forum.core.text.tree import Element, parse, text_of

_BREAKING = frozenset({"p", "h3", "h4", "h5", "blockquote", "li", "tr", "pre", "ul", "ol", "table", "div", "br", "hr"})
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\s*\n\s*")


def plain(html: str) -> str:
    """The text, one line a block; not HTML any more, so escape it where it is shown."""
    parts: list[str] = []
    waiting: list[Element | str] = [parse(html)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            parts.append(node.replace("\n", " "))
            continue
        if node.tag == "pre":
            parts += ["\n", text_of(node), "\n"]
            continue
        if node.tag == "summary":
            continue  # the beginning of what follows
        if node.tag == "img":
            parts.append(node.attributes.get("alt", ""))
        elif node.tag in _BREAKING:
            parts.append("\n")
            waiting.append("\n")
        elif node.tag in ("td", "th"):
            waiting.append(" ")
        waiting.extend(reversed(node.children))
    return _LINES.sub("\n", _SPACES.sub(" ", "".join(parts))).strip()


def excerpt(html: str, length: int = 160) -> str:
    """The first words on one line, at most `length` characters with the "…" that ends a shortened one."""
    return shortened(plain(html).replace("\n", " "), length)


def shortened(text: str, length: int = 160) -> str:
    """The first words of a line of plain text, likewise."""
    if len(text) <= length:
        return text
    cut = text[:length].rsplit(" ", 1)[0] if " " in text[length // 2 : length] else text[: length - 1]
    return cut.rstrip(" ,;:.،؛-")[: length - 1] + "…"
