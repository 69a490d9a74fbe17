"""Municipality, its names and texts, a row per language, and the names that it had."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Id, Moment, db

COUNTRIES = ("FR", "IQ", "JO", "LB", "MA", "PS", "TN", "TR")  # where the network's municipalities are
ZONES = {  # each country's own time
    **{"FR": "Europe/Paris", "IQ": "Asia/Baghdad", "JO": "Asia/Amman", "LB": "Asia/Beirut"},
    **{"MA": "Africa/Casablanca", "PS": "Asia/Hebron", "TN": "Africa/Tunis", "TR": "Europe/Istanbul"},
}
LONGEST_NAME = 120
LONGEST_SOURCE = 300
LONGEST_TEXT = 3000
SPOKEN = {"FR": ("fr", "ar"), "LB": ("ar", "fr"), "MA": ("ar", "fr"), "TN": ("ar", "fr"), "TR": ("tr", "ar")}


class Municipality(db.Model):
    """A town or city. Populations are people; `hosted_population` are displaced people living there.

    One that was merged into another keeps its row, so that its id never means a third one; it has no names any more,
    and so it is in no list.
    """

    __tablename__ = "municipalities"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    country: Mapped[str] = mapped_column(String(2), index=True)
    zone: Mapped[str] = mapped_column(String(40))
    population: Mapped[int | None]
    hosted_population: Mapped[int | None]
    population_year: Mapped[int | None]
    population_source: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(Moment)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("municipalities.id"), index=True)


class MunicipalityName(db.Model):
    """What a municipality is called in one language. `folded` is for finding, `sort_key` for ordering."""

    __tablename__ = "municipality_names"

    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(String(2), primary_key=True)
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    folded: Mapped[str] = mapped_column(String(240), index=True)
    sort_key: Mapped[str] = mapped_column(String(400), index=True)


class OldName(db.Model):
    """What a municipality, or one that was merged into it, was called before: whoever looks for that finds it."""

    __tablename__ = "municipality_old_names"
    __table_args__ = (UniqueConstraint("municipality_id", "folded"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id", ondelete="CASCADE"))
    language: Mapped[str] = mapped_column(String(2))
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    folded: Mapped[str] = mapped_column(String(240), index=True)
    until: Mapped[datetime] = mapped_column(Moment)


class MunicipalityText(db.Model):
    """What a municipality says of itself in one language; where there is no row it says nothing in it."""

    __tablename__ = "municipality_texts"

    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(String(2), primary_key=True)
    words: Mapped[str] = mapped_column(Text)


def other_name(names: Mapping[str, str], country: str, language: str) -> tuple[str, str] | None:
    """(language, name) to show beside the name in `language`: the country's own, or else its name in the other script.

    `names` are {language: name}; None when no name is written otherwise.
    """
    for other in (*SPOKEN.get(country, ("ar",)), "en", "ar"):
        if other != language and names[other] != names[language]:
            return other, names[other]
    return None
