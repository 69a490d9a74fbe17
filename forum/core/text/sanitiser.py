"""The one function that decides which HTML from people is shown (docs/decisions/0002-sanitiser.md).

bleach, then nh3 with the same allow-list as the final pass: bleach has had no releases since June 2026, and whatever
is found in it or its html5lib from now on, a second parser written by others stands behind it.
"""

import re

import bleach
import nh3

TAGS = frozenset(
    {"p", "br", "hr", "h3", "h4", "h5", "strong", "em", "s", "a", "code", "pre", "blockquote", "ul", "ol", "li"}
    | {"table", "thead", "tbody", "tr", "th", "td"}
)
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
SCHEMES = frozenset({"http", "https", "mailto"})
LINK_REL = "nofollow ugc noopener"

# Complete addresses, or places in this forum; "//host" and "x:y" that only look relative are neither.
_HREF = re.compile(r"https?://|mailto:|/(?![/\\])|#", re.IGNORECASE)
# Their text is not content; elsewhere an element that is not allowed leaves its text.
_DROPPED_WITH_TEXT = {"script", "style"}


def clean(html: str) -> str:
    """Only what TAGS, ATTRIBUTES and SCHEMES allow; everything else goes. The text of other elements stays as text."""
    once = bleach.clean(
        html,
        tags=TAGS,
        attributes=_allowed,
        protocols=SCHEMES,
        strip=True,
        strip_comments=True,
    )
    return nh3.clean(
        once,
        tags=set(TAGS),
        clean_content_tags=_DROPPED_WITH_TEXT,
        attributes=ATTRIBUTES,
        attribute_filter=lambda tag, name, value: value if _allowed(tag, name, value) else None,
        url_schemes=set(SCHEMES),
        strip_comments=True,
        link_rel=LINK_REL,
    )


def _allowed(tag: str, name: str, value: str) -> bool:
    if name == "rel":
        return tag == "a"
    return name in ATTRIBUTES.get(tag, ()) and (name != "href" or _HREF.match(value.strip()) is not None)
