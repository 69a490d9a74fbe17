"""Two languages that nobody speaks, made from the msgids: a page crawled in them shows every word that is hard-coded.

en_XA is accented and bracketed, en_XB runs the other way. Placeholders, markup and entities pass untouched.
"""

import re

OPEN, CLOSE = "⟦", "⟧"

_ACCENTS = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "åƀçðéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýžÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽ",
)
_KEPT = re.compile(r"(%\(\w+\)[a-z]|%%|<[^<>]*>|&\w+;|&#\d+;|https?://\S+)")
_WORD = re.compile(r"\w+")
_RLO, _PDF = "\u202e", "\u202c"


def pseudo(language: str, text: str) -> str:
    """The text in en_XA or en_XB."""
    if not text:
        return text
    change = _accented if language == "en_XA" else _mirrored
    parts = [part if _KEPT.fullmatch(part) else change(part) for part in _KEPT.split(text)]
    return f"{OPEN}{''.join(parts)}{CLOSE}"


def _accented(text: str) -> str:
    return text.translate(_ACCENTS)


def _mirrored(text: str) -> str:
    return _WORD.sub(lambda word: f"{_RLO}{word[0]}{_PDF}", text)
