"""What the house holds of a person. Each feature says it for its own tables, in its room `personal.py`; three things
are done with it: it is given out, erased, or made over to another account of the same person.

`wiring.PERSONAL` lists the parts. tests/test_house.py fails when a column that names a member stands in none of them.
"""

from forum.core.personal.erasing import erase_everywhere
from forum.core.personal.giving import contents_of, files_of
from forum.core.personal.joining import counts_of, make_over
from forum.core.personal.parts import Contents, Erased, Held, Merged, Part, Rows, Who, current_parts, init_app

__all__ = [
    "Contents",
    "Erased",
    "Held",
    "Merged",
    "Part",
    "Rows",
    "Who",
    "contents_of",
    "counts_of",
    "current_parts",
    "erase_everywhere",
    "files_of",
    "init_app",
    "make_over",
]
