"""Letters that readers take for the same, made the same: for search, and under names and slugs."""

import re
import unicodedata

_LATIN_APART = {"ı": "i", "İ": "I", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae"}
_LATIN_APART |= {"Æ": "AE", "œ": "oe", "Œ": "OE", "þ": "th", "ð": "d"}

# Tashkeel, Quranic marks, combining Latin accents and Arabic hamza/madda above or below: all dropped.
_DROPPED = [
    *range(0x0300, 0x0370),
    *range(0x0610, 0x061B),
    0x0640,
    *range(0x064B, 0x0660),
    0x0670,
    *range(0x06D6, 0x06DD),
    *range(0x06DF, 0x06E9),
    *range(0x06EA, 0x06EE),
    # zero width, bidi marks and controls, soft hyphen, byte order mark
    0x00AD,
    0x061C,
    *range(0x200B, 0x2010),
    *range(0x202A, 0x202F),
    *range(0x2060, 0x2065),
    *range(0x2066, 0x206A),
    0xFEFF,
]
_FOLDED = {
    "أ": "ا",
    "إ": "ا",
    "آ": "ا",
    "ٱ": "ا",
    "ى": "ي",
    "ی": "ي",
    "ې": "ي",
    "ئ": "ي",
    "ؤ": "و",
    "ة": "ه",
    "ۀ": "ه",
    "ە": "ه",
    "ک": "ك",
}
_APOSTROPHES = "'’‘ʼ`´ʹ′"
_FOLD = str.maketrans(_FOLDED | _LATIN_APART | dict.fromkeys(_APOSTROPHES, " "))
_FOLD |= {ord(digit): str(index % 10) for index, digit in enumerate("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")}
_FOLD |= dict.fromkeys(_DROPPED)
_ACCENTS = re.compile("[\u0300-\u036f]")
_PLAIN_LATIN = str.maketrans(_LATIN_APART)


def fold(text: str) -> str:
    """LANGUAGES 17: NFKC, lower case, no marks, one hamza, one ya, one ta marbuta, digits 0-9, apostrophes to spaces.

    Folding twice changes nothing more.
    """
    if text.isascii():
        return text.lower().translate(_FOLD)
    text = unicodedata.normalize("NFKC", text).translate(_FOLD).lower()
    text = unicodedata.normalize("NFD", text).translate(_FOLD)
    return unicodedata.normalize("NFC", text)


def plain_latin(text: str) -> str:
    """Latin letters without accents; other scripts as they are."""
    if text.isascii():
        return text
    text = _ACCENTS.sub("", unicodedata.normalize("NFD", text.translate(_PLAIN_LATIN)))
    return unicodedata.normalize("NFC", text)
