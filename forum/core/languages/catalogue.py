"""The interface's words: one plain dictionary per language and process, so that a call costs about a microsecond.

A catalogue is read from its compiled .mo; where that is missing or older than its .po (a fresh checkout), the .po is
compiled in memory.
"""

from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

from forum.core.languages.digits import format_number, in_digits
from forum.core.languages.plurals import form_of
from forum.core.languages.pseudo import pseudo
from forum.core.languages.speech import PSEUDO, Speech, current_speech

_PACKAGE = Path(__file__).resolve().parents[2]
_CONTEXT = "\x04"


def translations_folder() -> Path:
    """Where the catalogues are: inside an installed package, else beside it in the checkout."""
    inside = _PACKAGE / "translations"
    return inside if inside.is_dir() else _PACKAGE.parent / "translations"


def gettext(msgid: str, /, **named: object) -> str:
    """The words in the reader's language; %(name)s filled in. Without `named`, a % is only a %."""
    speech = current_speech()
    words = messages(speech.language).get(msgid) or _untranslated(speech.language, msgid)
    return words % spoken(named, speech) if named else words


def ngettext(one: str, many: str, num: int, /, **named: object) -> str:
    """The form for `num`, which is printed as %(num)s, grouped, in the reader's digits."""
    return ngettext_words(one, many, num) % spoken({"num": num, **named}, current_speech())


def ngettext_words(one: str, many: str, num: int) -> str:
    """The form for `num`, its placeholders not yet filled."""
    language = current_speech().language
    words = messages(language).get((one, form_of(language, num)))
    return words or _untranslated(language, one if num == 1 else many)


def pgettext(context: str, msgid: str, /, **named: object) -> str:
    """As gettext, where one English word has several translations ("Open": an adjective, a verb)."""
    speech = current_speech()
    words = messages(speech.language).get(context + _CONTEXT + msgid) or _untranslated(speech.language, msgid)
    return words % spoken(named, speech) if named else words


def spoken(named: dict[str, object], speech: Speech) -> dict[str, object]:
    """Values as they are said: %(num)s grouped, other whole numbers (a year) in the reader's digits only."""
    return {name: _said(name, value, speech) for name, value in named.items()}


def _said(name: str, value: object, speech: Speech) -> object:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    if name == "num" or isinstance(value, float):
        return format_number(value)
    return in_digits(str(value), speech)


@cache
def messages(language: str) -> dict[str | tuple[str, int], str]:
    """msgid (or msgid and form) to words, for one language; empty for English's untouched msgids and pseudo-languages.

    Called once per language at start (`warm`), so that no reader waits for it.
    """
    if language in PSEUDO:
        return {}
    found: dict[str | tuple[str, int], str] = dict(_translations(language)._catalog)
    found.pop("", None)
    for key, words in list(found.items()):
        # A word that is counted somewhere is also found where it stands alone.
        if isinstance(key, tuple) and key[1] == form_of(language, 1):
            found.setdefault(key[0], words)
    return found


def warm(languages: tuple[str, ...]) -> None:
    """Load the catalogues now."""
    for language in languages:
        messages(language)


@lru_cache(maxsize=4096)
def _untranslated(language: str, msgid: str) -> str:
    return pseudo(language, msgid) if language in PSEUDO else msgid


def _translations(language: str) -> Translations:
    folder = translations_folder() / language / "LC_MESSAGES"
    compiled, source = folder / "messages.mo", folder / "messages.po"
    if compiled.exists() and (not source.exists() or compiled.stat().st_mtime >= source.stat().st_mtime):
        return Translations(BytesIO(compiled.read_bytes()))
    fresh = BytesIO()
    with source.open("rb") as file:
        write_mo(fresh, read_po(file, locale=language))
    fresh.seek(0)
    return Translations(fresh)
