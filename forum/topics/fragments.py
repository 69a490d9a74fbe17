"""A post as HTML: the same bytes for the page, the live push, the gap after a lost connection, and the cache.

Nothing in it depends on who reads but the interface language and the digits; see docs/decisions/0004-fragments.md.
"""

from collections.abc import Iterable

from flask import current_app, render_template
from sqlalchemy import Row

from forum.core.cache import ByteCache
from forum.core.languages import Speech, speaking

_kept = ByteCache(limit=48 * 1024 * 1024)


def fragment(post: Row, *, language: str, digits: str = "latn") -> str:
    """One post for readers of this interface language. `post` is a row of `queries.post_rows(language)`."""
    key = (
        post.id,
        post.change,
        post.author,
        post.municipality,
        post.country,
        post.answered_author,
        language,
        digits,
    )
    found = _kept.get(key)
    if found is None:
        found = _kept.put(key, _rendered(post, language, digits))
    return found.decode()


def _rendered(post: Row, language: str, digits: str) -> bytes:
    with speaking(Speech(language, digits, current_app.config["SITE_ZONE"])):
        return render_template("topics/_post.html", post=post, language=language).encode()


def fragments(posts: Iterable[Row], *, language: str, digits: str = "latn") -> str:
    """Several posts, one after the other."""
    return "\n".join(fragment(post, language=language, digits=digits) for post in posts)
