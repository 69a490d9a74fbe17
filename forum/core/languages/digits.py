"""Numbers in the reader's digits: Latin unless the reader chose ٠١٢, and then the separators too; never mixed."""

from functools import lru_cache

from babel import Locale

from forum.core.languages.speech import Speech, current_speech

_ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_LATIN = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_ARABIC_SEPARATORS = ("٬", "٫")


def to_latin_digits(text: str) -> str:
    """What a form takes for a number: ٠-٩ and ۰-۹ become 0-9, all else stays."""
    return text.translate(_LATIN)


def in_digits(text: str, speech: Speech | None = None) -> str:
    """A text of ours (a date, a number) in the reader's digits. Not for what people wrote."""
    return text.translate(_ARABIC) if (speech or current_speech()).digits == "arab" else text


def format_number(number: int | float, decimals: int | None = None) -> str:
    """A number with grouping, in the reader's language and digits: 1,234,567.5 · 1 234 567,5 · ١٬٢٣٤٬٥٦٧٫٥.

    `decimals` fixes the digits after the point; without it a float keeps up to three.
    """
    speech = current_speech()
    group, point = _ARABIC_SEPARATORS if speech.digits == "arab" else _separators(speech.locale)
    if isinstance(number, float) or decimals is not None:
        text = f"{number:,.{3 if decimals is None else decimals}f}"
        if decimals is None:
            text = text.rstrip("0").rstrip(".")
    else:
        text = f"{number:,}"
    return in_digits(text.replace(",", "\0").replace(".", point).replace("\0", group), speech)


def format_percent(hundredths: float) -> str:
    """A share as a whole number of hundredths: 29% · 29 % · %29 · ٢٩٪."""
    speech, number = current_speech(), format_number(round(hundredths))
    if speech.digits == "arab":
        return f"{number}٪"
    pattern = Locale.parse(speech.locale).percent_formats[None].pattern
    return pattern.replace("#,##0", number).replace("\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}")


def decimal_point() -> str:
    """What begins a fraction in the reader's language, in Latin digits: a point or a comma."""
    return _separators(current_speech().locale)[1]


@lru_cache(maxsize=16)
def _separators(locale: str) -> tuple[str, str]:
    symbols = Locale.parse(locale).number_symbols["latn"]
    return symbols["group"], symbols["decimal"]
