"""Weeks by country, and the Hijri date as an optional second line."""

from datetime import date
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from hijridate import Gregorian

from forum.core.languages.catalogue import gettext
from forum.core.languages.digits import in_digits
from forum.core.languages.pseudo import pseudo
from forum.core.languages.speech import PSEUDO, current_speech

# CLDR 48 gives Palestine the world's default; its public bodies rest on Friday and Saturday and begin on Sunday.
_WEEKS = {"PS": (6, (4, 5))}
# Languages that Babel knows with the countries that do not have Arabic.
_LANGUAGE_IN = {"TR": "tr", "FR": "fr", "GR": "el", "MT": "mt", "CY": "el", "IT": "it", "ES": "es", "DE": "de"}

_HIJRI_MONTHS = {
    "ar": "محرم|صفر|ربيع الأول|ربيع الآخر|جمادى الأولى|جمادى الآخرة|رجب|شعبان|رمضان|شوال|ذو القعدة|ذو الحجة",
    "en": "Muharram|Safar|Rabi I|Rabi II|Jumada I|Jumada II|Rajab|Sha'ban|Ramadan|Shawwal|Dhu al-Qi'dah|Dhu al-Hijjah",
    "fr": "mouharram|safar|rabia al awal|rabia ath-thani|joumada al oula|joumada ath-thania|rajab|chaabane|ramadan"
    "|chawwal|dhou al qi'da|dhou al-hijja",
    "tr": "Muharrem|Safer|Rebiülevvel|Rebiülahir|Cemaziyelevvel|Cemaziyelahir|Recep|Şaban|Ramazan|Şevval|Zilkade"
    "|Zilhicce",
}


def week_start(region: str) -> int:
    """The first day of a country's week, 0 for Monday (CLDR): Jordan 5, Lebanon 0."""
    return _week(region)[0]


def weekend(region: str) -> tuple[int, ...]:
    """The days of rest, 0 for Monday (CLDR): Jordan (4, 5), Lebanon (5, 6)."""
    return _week(region)[1]


def hijri(day: date) -> str | None:
    """The Hijri date (Umm al-Qura), said to be approximate, since months begin by sighting; None outside 1924-2077."""
    try:
        found = Gregorian(day.year, day.month, day.day).to_hijri()
    except OverflowError:
        return None
    speech = current_speech()
    month = _HIJRI_MONTHS[speech.locale].split("|")[found.month - 1]
    if speech.language in PSEUDO:
        month = pseudo(speech.language, month)
    return gettext("about %(date)s AH", date=in_digits(f"{found.day} {month} {found.year}", speech))


@lru_cache(maxsize=256)
def _week(region: str) -> tuple[int, tuple[int, ...]]:
    if region in _WEEKS:
        return _WEEKS[region]
    for language in ("ar", _LANGUAGE_IN.get(region, "en"), "en"):
        try:
            locale = Locale.parse(f"{language}_{region}")
        except (UnknownLocaleError, ValueError):
            continue
        if locale.territory != region:
            continue
        first, last = locale.weekend_start, locale.weekend_end
        days = tuple((first + step) % 7 for step in range((last - first) % 7 + 1))
        return locale.first_week_day, days
    return 0, (5, 6)
