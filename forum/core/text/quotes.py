"""Block quotes that say where they come from, and long ones folded.

A quote whose first line is nothing but a link to /posts/<id> is an attributed one: the line is taken out and the quote
carries the id, so that whoever shows it can put the author's name of today in front. Works on clean HTML only.
"""

import re
from collections.abc import Collection

from forum.core.text.tree import Element, parse, text_of, write

LONG = 600  # characters; a longer quote shows its beginning and opens when asked
START = 140

_SOURCE = re.compile(r"(?:/(?:ar|en|fr|tr))?/posts/([1-9][0-9]{0,17})")
_MARKS = " \u200e\u200f\u061c"
_BRACKETS = re.compile(r"[\[\]\\`*_<>]")
_HEAD = re.compile(r"\[([^\[\]\n]*?) (#[0-9]+)\]\(/posts/([1-9][0-9]{0,17})\)")
_QUOTED = re.compile(r'<blockquote class="quote" data-quoted="(\d+)"[^>]*>')


def with_quotes(html: str) -> str:
    """Clean HTML with its quotes attributed and folded."""
    if "<blockquote" not in html:
        return html
    root = parse(html)
    waiting = [root]
    while waiting:
        element = waiting.pop()
        for child in element.children:
            if isinstance(child, Element):
                waiting.append(child)
                if child.tag == "blockquote":
                    _attribute(child)
    for child in root.children:
        if isinstance(child, Element) and child.tag == "blockquote":
            _fold(child)
    return write(root)


def quoted_in(html: str) -> set[int]:
    """The ids of the posts that rendered HTML quotes."""
    return {int(id) for id in _QUOTED.findall(html)}


def with_heads(html: str, heads: dict[int, str]) -> str:
    """Rendered HTML with these pieces of HTML, {id of a post: its head}, in front of what is quoted from them."""
    return _QUOTED.sub(lambda found: found[0] + heads.get(int(found[1]), ""), html)


def quote(words: str, *, id: int, number: int, name: str) -> str:
    """Markdown that quotes these words of a post; what they quote themselves is left out."""
    lines, fenced = [], False
    for line in words.split("\n"):
        fenced ^= line.lstrip().startswith(("```", "~~~"))
        if fenced or not line.lstrip(_MARKS).startswith(">"):
            lines.append(line)
    said = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")
    head = f"> [{_BRACKETS.sub(' ', name)} #{number}](/posts/{id})\n"
    return head + "\n".join(f"> {line}".rstrip() for line in said.split("\n")) + "\n\n"


def renamed(words: str, name: str, *, ids: Collection[int] = (), called: str = "") -> str:
    """Markdown whose quotes of these posts, or of somebody called so, begin with another name: the composer wrote the
    old one there, not a person."""
    called = _BRACKETS.sub(" ", called)

    def head(found: re.Match[str]) -> str:
        is_theirs = int(found[3]) in ids or (called and found[1] == called)
        return f"[{_BRACKETS.sub(' ', name)} {found[2]}](/posts/{found[3]})" if is_theirs else found[0]

    return _HEAD.sub(head, words)


def _attribute(quote: Element) -> None:
    blocks = [child for child in quote.children if isinstance(child, Element)]
    first = blocks[0] if blocks else None
    if first is None or first.tag != "p" or not first.children:
        return
    link, *rest = first.children
    source = isinstance(link, Element) and link.tag == "a" and _SOURCE.fullmatch(link.attributes.get("href", ""))
    alone = not rest or (isinstance(rest[0], Element) and rest[0].tag == "br")
    if not source or not alone:
        return
    quote.attributes |= {"class": "quote", "data-quoted": source[1]}
    rest = rest[1:]
    if rest and isinstance(rest[0], str):
        rest[0] = rest[0].lstrip("\n")
    if rest:
        first.children = rest
    else:
        quote.children.remove(first)


def _fold(quote: Element) -> None:
    text = " ".join(text_of(quote).split())
    if len(text) > LONG:
        start = text[:START].rsplit(" ", 1)[0] + "…"
        inside = [Element("summary", {}, [Element("span", {}, [start])]), *quote.children]
        quote.children = [Element("details", {"class": "quote-long"}, inside)]
