"""The door of a page that is not for everybody: one question, asked by page and API alike."""

from collections.abc import Callable

from forum.core.errors import Forbidden
from forum.core.reader import Reader
from forum.core.web import signed_in_reader


def reader_who(may: Callable[..., bool], *about: object) -> Reader:
    """Whoever asks, if they are signed in and the rule `may(reader, *about)` says yes; raises SignInNeeded or
    Forbidden."""
    reader = signed_in_reader()
    if not may(reader, *about):
        raise Forbidden
    return reader
