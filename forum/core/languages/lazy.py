"""Words that are chosen when they are shown: for labels written at import time."""

from forum.core.languages.catalogue import gettext


class Lazy:
    """A msgid that becomes words, in the language of whoever reads, each time it is turned into a string.

    It has neither `__html__` nor `__json__` on purpose: a template escapes it as text, JSON and the database refuse it
    loudly instead of keeping one reader's language for all.
    """

    __slots__ = ("msgid", "named")

    def __init__(self, msgid: str, named: dict[str, object]) -> None:
        self.msgid = msgid
        self.named = named

    def __str__(self) -> str:
        return gettext(self.msgid, **self.named)

    def __mod__(self, values: object) -> str:
        # WTForms fills its validators' messages with %.
        return str(self) % values

    def __repr__(self) -> str:
        return f"Lazy({self.msgid!r})"


def lazy_gettext(msgid: str, /, **named: object) -> Lazy:
    """For form labels and validators' messages; everything else uses gettext."""
    return Lazy(msgid, named)
