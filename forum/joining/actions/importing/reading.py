"""Reading a table that somebody has: which letters, which signs between the cells."""

import csv
import io
import re

from forum.core.errors import Invalid
from forum.core.languages import gettext as _
from forum.joining.models import MOST_LINES

LONGEST_CELL = 300  # characters
MOST_CELLS = 30
SIGNS = "\t;,"
_ARABIC = re.compile("[\u0621-\u064a\u060c\u061b\u061f]")
_TURKISH = re.compile("[çğıöşüÇĞİÖŞÜâîûÂÎÛéèêàùôëïœÉÈÊÀÔ’‘“”–]")


def read_table(given: bytes | str) -> list[list[str]]:
    """The rows with something in them; raises Invalid."""
    text = decoded(given) if isinstance(given, bytes) else given.removeprefix("\ufeff")
    if "\x00" in text:
        raise _wrong(_("This is not a table of text. Save it as CSV and send that."))
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines:
        raise _wrong(_("Please fill this in."))
    try:
        found = list(csv.reader(io.StringIO(text, newline=""), delimiter=_sign(lines)))
    except csv.Error:
        raise _wrong(_("This is not a table of text. Save it as CSV and send that.")) from None
    rows = [[_cell(cell) for cell in row] for row in found if any(cell.strip() for cell in row)]
    if len(rows) > MOST_LINES + 1:  # and a heading
        raise _wrong(_("At most %(num)s lines at a time, please.", num=MOST_LINES))
    if any(len(row) > MOST_CELLS or any(len(cell) > LONGEST_CELL for cell in row) for row in rows):
        raise _wrong(_("This table has more columns, or longer cells, than a list of members has."))
    return rows


def decoded(given: bytes, *, field: str = "table") -> str:
    """The text of a file in UTF-8, UTF-16 with its mark, or the code page of Arabic or Turkish Windows. Raises Invalid
    for `field` of the form."""
    encoding = "utf-16" if given.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return given.decode(encoding)
    except UnicodeDecodeError:
        page = _code_page(given)
    if page is None:
        raise _wrong(_("The letters of this file cannot be told. Save it as CSV UTF-8 and send that."), field)
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


def _sign(lines: list[str]) -> str:
    """What stands between the cells: the sign that most of the first lines have as often as one another."""
    counts = {sign: [line.count(sign) for line in lines[:20]] for sign in SIGNS}
    agreed = {sign: max(map(found.count, set(found) - {0}), default=0) for sign, found in counts.items()}
    return max(SIGNS, key=lambda sign: (agreed[sign], -SIGNS.index(sign)))


def _cell(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


def _wrong(message: str, field: str = "table") -> Invalid:
    return Invalid(fields={field: message})
