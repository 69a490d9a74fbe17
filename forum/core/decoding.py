"""The text of a file from somebody's office: which letters its bytes are."""

import re

from forum.core.errors import Invalid
from forum.core.languages import gettext as _

_ARABIC = re.compile("[\u0621-\u064a\u060c\u061b\u061f]")
_TURKISH = re.compile("[çğıöşüÇĞİÖŞÜâîûÂÎÛéèêàùôëïœÉÈÊÀÔ’‘“”–]")


def decoded(given: bytes, *, field: str) -> str:
    """A text in UTF-8, UTF-16 with its mark, or the code page of Arabic or Turkish Windows. Raises Invalid for a
    `field` of the form."""
    encoding = "utf-16" if given.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return given.decode(encoding)
    except UnicodeDecodeError:
        page = _code_page(given)
    if page is None:
        raise Invalid(
            fields={
                field: _(
                    "The letters of this file cannot be told. Save it as UTF-8 (a table: as CSV UTF-8) and send that."
                )
            }
        )
    return given.decode(page)


def _code_page(given: bytes) -> str | None:
    """Which of the two makes letters that belong together of what is not ASCII."""
    for page, letters in (("cp1256", _ARABIC), ("cp1254", _TURKISH)):
        try:
            text = given.decode(page)
        except UnicodeDecodeError:
            continue
        odd = [one for one in text if ord(one) > 127]
        if odd and sum(bool(letters.match(one)) for one in odd) >= 0.9 * len(odd):
            return page
    return None
