"""Markdown as the forum understands it: CommonMark, tables, ~~struck~~, bare addresses as links, no HTML, no pictures.

One newline is a line break, as in a chat. Headings start at h3, below the page's own.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from forum.core.text.addresses import ADDRESS, trimmed

DEEPEST_INLINE = 12
"""Emphasis inside emphasis: markdown-it bounds blocks (maxNesting), not this, and a browser pays for each level."""

MOST_CELLS = 4000
"""A text with more table cells is shown without tables."""

_MARKS = "\u200e\u200f\u061c"
# Marks that right-to-left keyboards leave before a sign of Markdown, and beside emphasis.
_PREFIX = re.compile(rf"(?:[ \t>{_MARKS}]|[-*+](?=[ \t{_MARKS}])|\d{{1,9}}[.)](?=[ \t{_MARKS}]))+")
_SIGN = re.compile(r"#|[-+*>|]|\d{1,9}[.)]|```|~~~")
_BESIDE_SIGN = re.compile(rf"(?<![{_MARKS}])[{_MARKS}]+(?=[*_~`|])|(?<=[*_~`|])[{_MARKS}]+")
_FENCE = re.compile(r"[ \t>]*(?:```|~~~)")


class _TooManyCells(Exception):
    """The text is a bomb, or a spreadsheet."""


def to_html(words: str) -> str:
    """Markdown to HTML that is not yet clean."""
    words = without_stray_marks(words)
    try:
        return _PARSER.render(words)
    except _TooManyCells:
        return _WITHOUT_TABLES.render(words)


def without_stray_marks(words: str) -> str:
    """RLM, LRM and ALM before `#`, `-`, `>`, `1.`, `**` removed, outside fenced code: there they are content."""
    if not re.search(f"[{_MARKS}]", words):
        return words
    lines, fenced = [], False
    for line in words.split("\n"):
        bare = _without_marks_before(line)
        if _FENCE.match(bare):
            fenced = not fenced
            lines.append(bare)
        else:
            lines.append(line if fenced else _BESIDE_SIGN.sub("", bare))
    return "\n".join(lines)


def _without_marks_before(line: str) -> str:
    prefix = _PREFIX.match(line)
    if not prefix or not (_SIGN.match(line, prefix.end()) or prefix[0].strip(f" \t{_MARKS}")):
        return line
    return prefix[0].translate(_NO_MARKS) + line[prefix.end() :]


_NO_MARKS = dict.fromkeys(map(ord, _MARKS))


def _shift_headings(state: StateCore) -> None:
    for token in state.tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + 2, 5)}"


def _bound_cells(state: StateCore) -> None:
    # markdown-it fills short rows up to the head's width: 20 kB of pipes would make 65,000 cells.
    if sum(token.type == "td_open" for token in state.tokens) > MOST_CELLS:
        raise _TooManyCells


def _bound_depth(state: StateCore) -> None:
    for block in state.tokens:
        depth = 0
        for token in block.children or ():
            depth += token.nesting == 1
            if token.nesting and depth > DEEPEST_INLINE:
                depth -= token.nesting == -1
                token.type, token.tag, token.nesting, token.content = "text", "", 0, ""
                continue
            depth -= token.nesting == -1


def _link_addresses(state: StateCore) -> None:
    """Bare http(s) and www addresses and e-mails become links; README.md and the like do not."""
    for block in state.tokens:
        if block.type == "inline" and block.children and ADDRESS.search(block.content):
            inside_link, children = 0, []
            for token in block.children:
                inside_link += (token.type == "link_open") - (token.type == "link_close")
                if token.type == "text" and not inside_link:
                    children.extend(_linked(token.content))
                else:
                    children.append(token)
            block.children = children


def _linked(text: str) -> list[Token]:
    tokens: list[Token] = []
    end = 0
    for found in ADDRESS.finditer(text):
        shown = trimmed(found[0])
        if not shown:
            continue
        scheme = "mailto:" if found["mail"] else "https://" if found["www"] else ""
        href = _PARSER.normalizeLink(scheme + shown)
        tokens.append(_text(text[end : found.start()]))
        tokens.append(Token("link_open", "a", 1, attrs={"href": href}))
        tokens.append(_text(shown))
        tokens.append(Token("link_close", "a", -1))
        end = found.start() + len(shown)
    return [*tokens, _text(text[end:])]


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def _parser(*extras: str) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True, "linkify": False, "typographer": False})
    parser.enable(list(extras))
    parser.disable(["image", "html_block", "html_inline"])
    parser.core.ruler.after("block", "bound_cells", _bound_cells)
    parser.core.ruler.push("shift_headings", _shift_headings)
    parser.core.ruler.push("bound_depth", _bound_depth)
    parser.core.ruler.push("link_addresses", _link_addresses)
    return parser


_PARSER = _parser("table", "strikethrough")
_WITHOUT_TABLES = _parser("strikethrough")
