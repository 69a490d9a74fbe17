"""Each block its own `dir`, after sanitising: an English paragraph, then an Arabic quote, each laid out its own way.

Code, addresses, e-mails and telephone numbers run left to right everywhere.
"""

from forum.core.languages.direction import balance_bidi, lean
from forum.core.text.addresses import PHONE, is_address
from forum.core.text.tree import Element, parse, text_of, write

BLOCKS = frozenset({"p", "h3", "h4", "h5", "blockquote", "ul", "ol", "li", "table", "th", "td", "summary"})
_CODE = frozenset({"code", "pre"})
_NOT_COUNTED = frozenset({"code", "pre"})


def with_directions(html: str, direction: str) -> str:
    """Clean HTML with `dir` on every block; one without letters of its own runs as what it stands in, at last the post.

    Tables come inside a box that scrolls by itself and can be reached by keyboard.
    """
    root = parse(html)
    waiting = [(root, direction)]
    while waiting:
        element, around = waiting.pop()
        own = _direct(element, around)
        element.children = [_boxed(child) for child in map(_closed, _with_phones(element))]
        waiting.extend((child, own) for child in _elements(element))
    return write(root)


def _direct(element: Element, around: str) -> str:
    """Set the element's own `dir`; the direction that holds inside."""
    if element.tag in BLOCKS:
        around = lean(text_of(element, _NOT_COUNTED)) or around
        element.attributes["dir"] = around
    elif element.tag == "em" and lean(text_of(element)) == "rtl":
        element.attributes["dir"] = "rtl"  # Arabic is not slanted, whatever the language of the post
    elif element.tag in _CODE or (element.tag == "a" and is_address(text_of(element))):
        around = "ltr"
        element.attributes["dir"] = around
        if element.tag == "pre":
            element.attributes["tabindex"] = "0"  # it scrolls by itself, and keys must reach it
    return around


def _with_phones(element: Element) -> list[Element | str]:
    if element.tag in _CODE or element.tag in ("a", "bdi"):
        return element.children
    children: list[Element | str] = []
    for child in element.children:
        children.extend(_phones_apart(child) if isinstance(child, str) else [child])
    return children


def _phones_apart(text: str) -> list[Element | str]:
    children: list[Element | str] = []
    end = 0
    for found in PHONE.finditer(text):
        children += [text[end : found.start()], Element("bdi", {"dir": "ltr"}, [found[0]])]
        end = found.end()
    return [*children, text[end:]]


def _closed(child: Element | str) -> Element | str:
    """What was typed as a character reference is balanced only here."""
    return balance_bidi(child) if isinstance(child, str) else child


def _boxed(child: Element | str) -> Element | str:
    if isinstance(child, Element) and child.tag == "table":
        return Element("div", {"class": "scroll", "tabindex": "0"}, [child])
    return child


def _elements(element: Element) -> list[Element]:
    """The children to visit; a table's box is passed through, so that it is not boxed again."""
    found = [child for child in element.children if isinstance(child, Element)]
    return [child.children[0] if child.tag == "div" else child for child in found]
