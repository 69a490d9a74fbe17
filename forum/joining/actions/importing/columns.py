"""Which column holds what: guessed from the heading in four languages and from what stands below it."""

from collections.abc import Sequence

from forum.core.languages import LANGUAGES, NAMES, fold
from forum.core.mail import clean_address

FIELDS = ("email", "name", "family", "other_name", "municipality", "post_held", "language")
_HEADINGS = {
    "email": "email e-mail mail courriel adresse eposta e-posta بريد البريد الإيميل ايميل",
    "other_name": "other autre diğer latin arabic الآخر بالعربية باللاتينية",
    "family": "family surname last nom soyadı soyad العائلة الكنية الشهرة",
    "name": "name prénom ad adı isim الاسم اسم full",
    "municipality": "municipality town city commune municipalité ville belediye şehir بلدية البلدية المدينة",
    "post_held": "position post title fonction poste görev unvan الوظيفة المنصب الصفة",
    "language": "language langue dil لغة اللغة",
}
_WORDS = {field: {fold(word) for word in words.split()} for field, words in _HEADINGS.items()}


def guess(rows: Sequence[Sequence[str]]) -> tuple[dict[str, int], bool]:
    """({field: column}, is the first row a heading). A heading is a first row without an address."""
    width = max(map(len, rows))
    below = rows[1:] or rows
    has_heading = len(rows) > 1 and not any(clean_address(cell) for cell in rows[0])
    found: dict[str, int] = {}
    if has_heading:
        for field in ("email", "other_name", "family", "name", "municipality", "post_held", "language"):
            for column, cell in enumerate(rows[0]):
                if column not in found.values() and _WORDS[field] & set(fold(cell).replace("_", " ").split()):
                    found.setdefault(field, column)
        if "family" in found and "name" not in found:  # French "nom" alone is the whole name
            found["name"] = found.pop("family")
    if "email" not in found:
        addresses = [sum("@" in cell for cell in _column(below, column)) for column in range(width)]
        if max(addresses):
            found["email"] = addresses.index(max(addresses))
    if "name" not in found:
        free = [column for column in range(width) if column not in found.values()]
        named = [column for column in free if any(_column(below, column))]
        if named:
            found["name"] = named[0]
    return found, has_heading


def _column(rows: Sequence[Sequence[str]], column: int) -> list[str]:
    return [row[column] for row in rows[:50] if column < len(row)]


def language_in(cell: str) -> str | None:
    """The language that a cell names, by code or by name in whatever of the four."""
    wanted = fold(cell)
    if wanted in LANGUAGES:
        return wanted
    return next((code for code in LANGUAGES if wanted and wanted in _TONGUES[code]), None)


_TONGUES = {
    "ar": {fold(word) for word in (NAMES["ar"], "Arabic", "arabe", "Arapça", "عربي")},
    "en": {fold(word) for word in (NAMES["en"], "الإنجليزية", "إنجليزي", "anglais", "İngilizce")},
    "fr": {fold(word) for word in (NAMES["fr"], "French", "الفرنسية", "فرنسي", "Fransızca")},
    "tr": {fold(word) for word in (NAMES["tr"], "Turkish", "turc", "التركية", "تركي")},
}
