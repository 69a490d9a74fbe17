"""Requests that may ask for the same: shared words of the titles, the same in either script's spellings."""

from collections.abc import Iterable

from sqlalchemy import Row, select

from forum.agenda.models import AgendaRequest, RequestState
from forum.core.db import db
from forum.core.languages import fold
from forum.core.reader import Reader
from forum.spaces.queries import visible_to

LOOKED_AT = 500  # the newest; one of years ago is asked anew
OFFERED = 3
ENOUGH = 0.5  # of the words of the shorter title
STEM = 5  # letters of a word that are compared: "training" and "trainings", "تدريب" and "تدريبات" are one
SHORTEST_WORD = 3
PREFIXES = ("وال", "بال", "كال", "فال", "لل", "ال")
# Words that every request has say nothing about it.
# fmt: off
COMMON = frozenset(fold(
    "we need the and for with our how our your from about more that this which are can "
    "نحتاج نريد كيف على في من الى عن مع هذا هذه التي الذي "
    "nous avons besoin des les pour une dans avec comment sur "
    "ihtiyacımız var için ile bir nasıl olan"
).split())
# fmt: on


def stems(title: str) -> frozenset[str]:
    """The beginnings of the words that say something."""
    words = (word for word in "".join(one if one.isalnum() else " " for one in fold(title)).split())
    return frozenset(_bare(word)[:STEM] for word in words if len(word) >= SHORTEST_WORD and word not in COMMON)


def _bare(word: str) -> str:
    for prefix in PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= SHORTEST_WORD:
            return word.removeprefix(prefix)
    return word


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """From 0 to 1: how many of the shorter title's words the other has too; one word alone proves nothing."""
    shared, fewest = len(one & other), min(len(one), len(other))
    return shared / fewest if shared > 1 or shared == fewest == 1 else 0.0


def similar_to(title: str, *, reader: Reader, but: Iterable[int] = ()) -> list[Row]:
    """(id, title, language, direction, state, voices) of those that the reader sees and that may ask for the same, the
    likeliest first."""
    ours, without = stems(title), set(but)
    query = (
        select(
            AgendaRequest.id,
            AgendaRequest.title,
            AgendaRequest.language,
            AgendaRequest.direction,
            AgendaRequest.state,
            AgendaRequest.voices,
        )
        .where(AgendaRequest.state.in_((RequestState.OPEN, RequestState.SCHEDULED, RequestState.ANSWERED)))
        .where(visible_to(reader, AgendaRequest.space_id))
        .order_by(AgendaRequest.id.desc())
        .limit(LOOKED_AT)
    )
    found = [(likeness(ours, stems(row.title)), row) for row in db.session.execute(query) if row.id not in without]
    found = [one for one in found if one[0] >= ENOUGH]
    found.sort(key=lambda one: (-one[0], -one[1].voices, -one[1].id))
    return [row for _likeness, row in found[:OFFERED]]
