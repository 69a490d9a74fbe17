"""Web addresses that managers give."""

from urllib.parse import urlsplit

from forum.core.languages import has_hidden


def is_link(text: str, *, longest: int) -> bool:
    """Is it a whole address of the web, in one line and without hidden signs?"""
    try:
        parts = urlsplit(text)
        parts.port  # noqa: B018 - reading it finds ports that are none
    except ValueError:
        return False
    plain = len(text) <= longest and not has_hidden(text) and not any(one.isspace() for one in text)
    return plain and parts.scheme in ("https", "http") and bool(parts.hostname)
