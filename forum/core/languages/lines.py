"""What people type, made storable: one form of each letter, and nothing that neither shows nor means anything."""

import re
import unicodedata

from forum.core.languages.digits import to_latin_digits
from forum.core.languages.direction import balance_bidi, strip_bidi
from forum.core.languages.folding import plain_latin

SLUG_LENGTH = 60

# Controls (NUL first), lone surrogates, non-characters, the byte order mark, interlinear and tag characters.
_UNSTORABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\U000e0000-\U000e001f]"
)
_FILLERS = "\u115f\u1160\u3164\uffa0\u2800"  # of Hangul and Braille
_WRITTEN_TOGETHER = {"CJK", "HIRAGANA", "KATAKANA", "HANGUL"}
_SPACES = re.compile(r"[\s\u2028\u2029\x85]+")
_NEWLINES = re.compile("\r\n?|[\u2028\u2029\x85]")
_MARKS = re.compile("[\u064b-\u065f\u0670\u0640\u06d6-\u06ed]")


def has_visible(text: str) -> bool:
    """Is there anything to see: a letter, a digit, a sign? Fillers count as letters in Unicode and show nothing."""
    return any(unicodedata.category(one)[0] in "LNPS" and one not in _FILLERS for one in text)


def has_hidden(text: str) -> bool:
    """Does a name carry signs that do not show? The joiners of Arabic script do not count: they shape letters."""
    return any((unicodedata.category(one) == "Cf" and one not in "\u200c\u200d") or one in _FILLERS for one in text)


def clean_name(text: str) -> str:
    """A person's name: a line whose letters are the plain ones (NFKC), so that none is another one in disguise."""
    return clean_line(unicodedata.normalize("NFKC", text))


def is_one_script(name: str) -> bool:
    """Are all letters of one script? A Cyrillic letter in a Latin name makes somebody else of its bearer."""
    letters = [one for one in name if unicodedata.category(one) in ("Lu", "Ll", "Lt", "Lo")]
    scripts = {unicodedata.name(one, "?").partition(" ")[0] for one in letters}
    return len(scripts) < 2 or scripts <= _WRITTEN_TOGETHER


def clean_line(text: str) -> str:
    """A title or a name: NFC, one line, single spaces, no control characters (NUL, lone surrogates)."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", _UNSTORABLE.sub("", text))).strip()


def clean_title(text: str) -> str:
    """A line without bidi controls."""
    return clean_line(strip_bidi(text))


def clean_body(text: str) -> str:
    r"""A text of several lines: NFC, "\n" only, no controls, bidi marks balanced, no white space at the ends."""
    text = _NEWLINES.sub("\n", _UNSTORABLE.sub("", text))
    return balance_bidi(unicodedata.normalize("NFC", text)).strip("\n \t")


def slug(title: str) -> str:
    """The readable end of an address: lower-case letters and digits of any script, hyphens, at most 60 characters.

    Arabic letters stay (NFC, without vowel marks), Latin ones lose their accents. May be empty; the id alone resolves.
    """
    text = plain_latin(_MARKS.sub("", unicodedata.normalize("NFC", _UNSTORABLE.sub("", title))))
    words = re.findall(r"[^\W_]+", to_latin_digits(text.lower()))
    text = "-".join(words)
    if len(text) <= SLUG_LENGTH:
        return text
    cut = text[: SLUG_LENGTH + 1].rpartition("-")[0]
    return cut or text[:SLUG_LENGTH]
