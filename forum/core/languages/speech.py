"""Who is being spoken to: language, digits, zone and region of the reader, with or without a request.

The current speech is a context variable, so that a live push, a letter or a job renders in four languages one after
the other, and so that greenlets never see each other's.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar, Token
from dataclasses import dataclass

LANGUAGES = ("ar", "en", "fr", "tr")
NAMES = {"ar": "العربية", "en": "English", "fr": "Français", "tr": "Türkçe"}
"""Every language by the name that its readers give it."""

PSEUDO = ("en_XA", "en_XB")
"""Made on the fly from the msgids, for tests: accented and bracketed, and mirrored."""

DIGITS = ("latn", "arab")
DEFAULT_ZONE = "Asia/Amman"
DEFAULT_REGION = "JO"

_RTL = frozenset({"ar", "en_XB", "fa", "he", "ur", "ckb", "ps", "syr"})


@dataclass(frozen=True, slots=True)
class Speech:
    """How one reader is spoken to.

    `digits` is "latn" or "arab"; `zone` an IANA name; `region` an ISO 3166 code that chooses the Arabic month names,
    the first day of the week and the weekend.
    """

    language: str = "en"
    digits: str = "latn"
    zone: str = DEFAULT_ZONE
    region: str = DEFAULT_REGION

    def __post_init__(self) -> None:
        if self.language not in LANGUAGES and self.language not in PSEUDO:
            raise ValueError(f"no such interface language: {self.language!r}")
        if self.digits not in DIGITS:
            raise ValueError(f"no such digits: {self.digits!r}")

    @property
    def direction(self) -> str:
        """ "rtl" or "ltr", for the page's `dir`."""
        return direction_of(self.language)

    @property
    def locale(self) -> str:
        """The name that Babel knows: a pseudo-language borrows its data from English."""
        return "en" if self.language in PSEUDO else self.language

    @property
    def tag(self) -> str:
        """The language as BCP 47 writes it, for `lang` and `hreflang`."""
        return self.language.replace("_", "-")


_DEFAULT = Speech()
_current: ContextVar[Speech] = ContextVar("speech", default=_DEFAULT)


def direction_of(language: str) -> str:
    """ "rtl" or "ltr", by language code; of an unknown language "ltr"."""
    return "rtl" if language in _RTL else "ltr"


def current_speech() -> Speech:
    """The speech that gettext, dates and numbers use now."""
    return _current.get()


@contextmanager
def speaking(
    language: str | Speech, digits: str = "latn", zone: str = DEFAULT_ZONE, region: str = DEFAULT_REGION
) -> Iterator[Speech]:
    """Everything inside is said in this language (or to this Speech). ValueError for an unknown language or digits."""
    speech = language if isinstance(language, Speech) else Speech(language, digits, zone, region)
    token = _current.set(speech)
    try:
        yield speech
    finally:
        _current.reset(token)


def begin_speech(speech: Speech) -> Token[Speech]:
    """For faces that cannot wrap a request in `with`: hand the token to `end_speech` when the request is over."""
    return _current.set(speech)


def end_speech(token: Token[Speech]) -> None:
    """Undo one `begin_speech`, in the same context."""
    _current.reset(token)


def served_languages(mode: str | None) -> tuple[str, ...]:
    """The languages that addresses may carry: the four, and the pseudo-languages when MODE is "test"."""
    return LANGUAGES + PSEUDO if mode == "test" else LANGUAGES


def choose_language(accept_language: str | None, default: str = "en", offered: Sequence[str] = LANGUAGES) -> str:
    """The best of those on offer for an Accept-Language header; whatever it contains, never an error."""
    best, best_weight = default if default in offered else offered[0], 0.0
    for part in (accept_language or "")[:1000].split(","):
        tag, *options = part.strip().split(";")
        language = tag.strip().split("-")[0].lower()
        weight = _weight(options)
        if language in offered and weight > best_weight:
            best, best_weight = language, weight
    return best


def _weight(options: list[str]) -> float:
    for option in options:
        name, _, value = option.strip().partition("=")
        if name.strip() == "q":
            value = value.strip()
            plain = value.isascii() and value.replace(".", "", 1).isdigit()
            return min(float(value), 1.0) if plain else 0.0
    return 1.0
