"""Countries by name, in the current language."""

from functools import lru_cache

from babel import Locale

from forum.core.languages.speech import current_speech

_SHORT = {"PS": {"ar": "فلسطين", "en": "Palestine", "fr": "Palestine", "tr": "Filistin"}}
"""The names that the network uses where CLDR's longer ones differ."""


def country_name(code: str | None) -> str:
    """ "Jordan" for JO; nothing for nothing."""
    return _name(code, current_speech().locale) if code else ""


@lru_cache(maxsize=200)
def _name(code: str, locale: str) -> str:
    short = _SHORT.get(code, {}).get(locale)
    return short or str(Locale.parse(locale).territories.get(code, code))
