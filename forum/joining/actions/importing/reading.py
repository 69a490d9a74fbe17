"""Reading a table that somebody has: which letters, which signs between the cells."""

import csv
import io

from forum.core.decoding import decoded
from forum.core.errors import Invalid
from forum.core.languages import gettext as _
from forum.joining.models import MOST_LINES

LONGEST_CELL = 300  # characters
MOST_CELLS = 30
SIGNS = "\t;,"


def read_table(given: bytes | str) -> list[list[str]]:
    """The rows with something in them; raises Invalid."""
    text = decoded(given, field="table") if isinstance(given, bytes) else given.removeprefix("\ufeff")
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


def _sign(lines: list[str]) -> str:
    """What stands between the cells: the sign that most of the first lines have as often as one another."""
    counts = {sign: [line.count(sign) for line in lines[:20]] for sign in SIGNS}
    agreed = {sign: max(map(found.count, set(found) - {0}), default=0) for sign, found in counts.items()}
    return max(SIGNS, key=lambda sign: (agreed[sign], -SIGNS.index(sign)))


def _cell(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


def _wrong(message: str) -> Invalid:
    return Invalid(fields={"table": message})
