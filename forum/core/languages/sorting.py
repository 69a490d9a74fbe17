"""Stored sort keys: one order of names and titles on every database, whatever its collation.

A key is ASCII hexadecimal, so SQLite's BINARY and PostgreSQL's "C" agree on it. Letters first, and where all letters
are equal the exact spelling. Order of scripts: digits, Latin, Arabic, others.
"""

import re
import unicodedata

from forum.core.languages.folding import fold

KEY_LENGTH = 255
"""Characters of the longest key: the column's length."""

_SPACE = "01"
_LATIN = "abcdefghijklmnopqrstuvwxyz"
# Turkish letters stand right after the plain one; ı before i, so i itself stands at +1 in every language.
_TURKISH = {"ç": ("c", 1), "ğ": ("g", 1), "ı": ("i", 0), "ö": ("o", 1), "ş": ("s", 1), "ü": ("u", 1)}
_ARABIC = "ءابپتثجچحخدذرزژسشصضطظعغفڤقكگلمنهوي"
_ARTICLE = re.compile(r"\bال(?=\w{2})(?!له\b)")


def sort_key(text: str, language: str) -> str:
    """The key of a name or title written in `language`: Arabic without ال, hamza seats merged; Turkish ç ğ ı ö ş ü
    letters of their own (İ and i, I and ı are one letter each); elsewhere accents count only between equal words."""
    text = unicodedata.normalize("NFC", text.replace("\0", ""))[:80]
    exact = text.encode("utf-8", "ignore").hex()
    if language == "tr":
        words = "".join(map(_turkish_letter, unicodedata.normalize("NFC", text)))
    else:
        words = _ARTICLE.sub("", fold(text))
    letters = "".join(_weight(character) for character in " ".join(re.findall(r"\w+", words)))
    return f"{letters}00{exact}"[:KEY_LENGTH]


def _turkish_letter(character: str) -> str:
    lower = {"I": "ı", "İ": "i"}.get(character) or character.lower()
    return lower if lower in _TURKISH else fold(lower)


def _weight(character: str) -> str:
    if character == " ":
        return _SPACE
    return _WEIGHTS.get(character) or f"f0{ord(character):06x}"


def _weights() -> dict[str, str]:
    weights = {str(digit): f"{0x10 + digit:02x}" for digit in range(10)}
    for index, letter in enumerate(_LATIN):
        weights[letter] = f"{0x20 + 2 * index + (letter == 'i'):02x}"
    for letter, (plain, step) in _TURKISH.items():
        weights[letter] = f"{0x20 + 2 * _LATIN.index(plain) + step:02x}"
    for index, letter in enumerate(_ARABIC):
        weights[letter] = f"{0x90 + index:02x}"
    return weights


_WEIGHTS = _weights()
