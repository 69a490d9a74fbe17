"""Who applied and who is to come, by country, gender, theme and the size of their municipality; for managers."""

from collections import Counter
from dataclasses import dataclass, field

from sqlalchemy import select

from forum.applying.models import Candidacy, CandidacyDecision, Decision
from forum.core.db import db
from forum.municipalities.models import Municipality
from forum.topics.models import ThemeName

SIZES = (20_000, 100_000, 500_000)  # people; a class reaches up to the number, the last one has no end
UNKNOWN = ""


@dataclass
class Line:
    """One value of a part: how many applied, and {decision: how many}; "" is undecided."""

    key: str
    name: str = ""
    all: int = 0
    decisions: Counter[str] = field(default_factory=Counter)

    @property
    def selected(self) -> int:
        """How many of them are to come."""
        return self.decisions[Decision.SELECTED]


@dataclass
class Balance:
    """{part: lines}, and the line of all."""

    parts: dict[str, list[Line]]
    total: Line


def size_of(population: int | None) -> str:
    """The class of a municipality: "20000" for up to that, "more" above all, "" where nobody knows."""
    if population is None:
        return UNKNOWN
    return next((str(most) for most in SIZES if population <= most), "more")


def balance_of(workshop_id: int, language: str) -> Balance:
    """In one statement; the parts are country, gender, theme and size, the largest lines first, sizes in order."""
    query = (
        select(
            Municipality.country,
            Candidacy.gender,
            Candidacy.theme_id,
            ThemeName.name.label("theme"),
            Municipality.population,
            CandidacyDecision.decision,
        )
        .join(Municipality, Municipality.id == Candidacy.municipality_id)
        .outerjoin(ThemeName, (ThemeName.theme_id == Candidacy.theme_id) & (ThemeName.language == language))
        .outerjoin(CandidacyDecision, CandidacyDecision.candidacy_id == Candidacy.id)
        .where(Candidacy.workshop_id == workshop_id, Candidacy.withdrawn_at.is_(None))
    )
    found: dict[str, dict[str, Line]] = {part: {} for part in ("country", "gender", "theme", "size")}
    total = Line("all")
    for row in db.session.execute(query):
        values = {
            "country": (row.country, ""),
            "gender": (row.gender, ""),
            "theme": (str(row.theme_id or UNKNOWN), row.theme or ""),
            "size": (size_of(row.population), ""),
        }
        lines = [found[part].setdefault(key, Line(key, name)) for part, (key, name) in values.items()]
        for line in (total, *lines):
            line.all += 1
            line.decisions[row.decision or ""] += 1
    order = [*map(str, SIZES), "more", UNKNOWN]
    parts = {
        part: sorted(lines.values(), key=lambda line: (not line.key, -line.all, line.key))
        for part, lines in found.items()
    }
    parts["size"] = sorted(found["size"].values(), key=lambda line: order.index(line.key))
    return Balance(parts, total)
