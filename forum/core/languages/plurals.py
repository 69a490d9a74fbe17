"""Plural formulas, from CLDR, written by ourselves.

Babel's own Arabic header swaps the forms "many" and "other" and gives Turkish one form (LANGUAGES 10). CLDR's French
"many" concerns only whole millions ("1 000 000 de membres"); two forms say everything that a forum counts.
"""

FORMULAS = {
    "ar": (
        "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 :"
        " n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5);"
    ),
    "en": "nplurals=2; plural=(n != 1);",
    "fr": "nplurals=2; plural=(n > 1);",
    "tr": "nplurals=2; plural=(n != 1);",
}
"""What stands in the header of each catalogue, letter by letter; `words check` compares."""

CATEGORIES = {
    "ar": ("zero", "one", "two", "few", "many", "other"),
    "en": ("one", "other"),
    "fr": ("one", "other"),
    "tr": ("one", "other"),
}
"""CLDR's name of each form, in the order of the formula."""

EXACT = {"ar": frozenset({0, 1, 2}), "en": frozenset({0}), "fr": frozenset(), "tr": frozenset({0})}
"""Forms that stand for one single number, where a translation may say it in words and leave %(num)s out."""


def forms_in(language: str) -> int:
    """How many forms a counted string has."""
    return len(CATEGORIES[language])


def form_of(language: str, number: int) -> int:
    """The index of the form for a number; a pseudo-language counts like English."""
    n = abs(number)
    if language == "ar":
        return _arabic(n)
    if language == "fr":
        return int(n > 1)
    return int(n != 1)


def _arabic(n: int) -> int:
    if n < 3:
        return n
    rest = n % 100
    if 3 <= rest <= 10:
        return 3
    return 4 if rest >= 11 else 5


_SAMPLES = {"zero": 0, "one": 1, "two": 2, "few": 3, "many": 11, "other": 100}


def samples(language: str) -> dict[str, int]:
    """{form: a number that takes it}: templates hand scripts a counted string in every form."""
    return {name: _SAMPLES[name] for name in CATEGORIES.get(language, CATEGORIES["en"])}
