"""Links to places of ours that stand alone in a paragraph: marked, so that whoever shows the text may put a card there.

Works on clean HTML only. Which places there are, and who may see them, is not known here.
"""

import re
from collections.abc import Collection

from forum.core.text.tree import Element, parse, text_of, write

_PLACE = re.compile(
    r"(?:/(?:ar|en|fr|tr))?/(?P<kind>[a-z]+)/(?P<id>[1-9][0-9]{0,17})(?:-[^/?#]*)?"
    r"(?:/posts/(?P<below>[1-9][0-9]{0,8}))?(?:\?page=[0-9]{1,9})?(?:#post-(?P<at>[1-9][0-9]{0,8}))?"
)
_MARKED = re.compile(r'<p data-link="([a-z]+/\d+(?:/\d+)?)"( data-named="")?[^>]*>(.*?)</p>', re.DOTALL)


def with_link_marks(html: str, *, kinds: Collection[str], origins: Collection[str]) -> str:
    """Clean HTML in which paragraphs of nothing but a link to one of ours say so: `data-link="topics/12"`, or
    "topics/12/45" for a post by its number. `data-named`: the author gave the link words of their own."""
    if "<a " not in html:
        return html
    root = parse(html)
    for child in root.children:
        if isinstance(child, Element) and child.tag == "p" and len(child.children) == 1:
            link = child.children[0]
            if isinstance(link, Element) and link.tag == "a":
                _mark(child, link, kinds, origins)
    return write(root)


def _mark(paragraph: Element, link: Element, kinds: Collection[str], origins: Collection[str]) -> None:
    address = link.attributes.get("href", "")
    place = _PLACE.fullmatch(_path(address, origins))
    if place is None or place["kind"] not in kinds:
        return
    number = place["at"] or place["below"]
    if number and place["kind"] != "topics":
        return
    paragraph.attributes["data-link"] = f"{place['kind']}/{place['id']}" + (f"/{number}" if number else "")
    if text_of(link).strip() != address.strip() and "://" not in text_of(link):
        paragraph.attributes["data-named"] = ""


def _path(address: str, origins: Collection[str]) -> str:
    """The address within the site; one of another site stays whole, and is no place of ours."""
    for origin in origins:
        if address.lower().startswith(f"{origin}/"):
            return address[len(origin) :]
    return address


def linked_in(html: str) -> list[str]:
    """The marks in rendered HTML, each once, in their order."""
    return list(dict.fromkeys(found[1] for found in _MARKED.finditer(html)))


def with_cards(html: str, cards: dict[str, str]) -> str:
    """Rendered HTML with these pieces of HTML, {mark: card}, in place of the links; words that the author gave a link
    stay above. A link without a card stays as it is."""

    def card(found: re.Match[str]) -> str:
        drawn = cards.get(found[1])
        if drawn is None:
            return found[0]
        return found[0] + drawn if found[2] is not None else drawn

    return _MARKED.sub(card, html)
