"""Tables for spreadsheets: CSV that opens with its letters right, and in which no cell is a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

RISKY = ("=", "+", "-", "@", "\t", "\r", "\N{FULLWIDTH EQUALS SIGN}", "\N{FULLWIDTH PLUS SIGN}")
RISKY += ("\N{FULLWIDTH HYPHEN-MINUS}", "\N{FULLWIDTH COMMERCIAL AT}")  # a sheet reads them as a formula's beginning


def sheet(rows: Iterable[Sequence[Any]]) -> str:
    """The rows as CSV that begins with a byte order mark, so that spreadsheets read its letters."""
    paper = io.StringIO()
    csv.writer(paper).writerows([[harmless(cell) for cell in row] for row in rows])
    return "\N{BYTE ORDER MARK}" + paper.getvalue()


def harmless(cell: Any) -> Any:
    """A cell that is shown as it is written."""
    return f"'{cell}" if isinstance(cell, str) and cell.lstrip().startswith(RISKY) else cell
