"""Municipality and its names, a row per language."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Id, Moment, db

COUNTRIES = ("FR", "IQ", "JO", "LB", "MA", "PS", "TN", "TR")  # where the network's municipalities are
ZONES = {  # each country's own time
    **{"FR": "Europe/Paris", "IQ": "Asia/Baghdad", "JO": "Asia/Amman", "LB": "Asia/Beirut"},
    **{"MA": "Africa/Casablanca", "PS": "Asia/Hebron", "TN": "Africa/Tunis", "TR": "Europe/Istanbul"},
}
SPOKEN = {"FR": ("fr", "ar"), "LB": ("ar", "fr"), "MA": ("ar", "fr"), "TN": ("ar", "fr"), "TR": ("tr", "ar")}


class Municipality(db.Model):
    """A town or city. Populations are people; `hosted_population` are displaced people living there."""

    __tablename__ = "municipalities"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    country: Mapped[str] = mapped_column(String(2), index=True)
    zone: Mapped[str] = mapped_column(String(40))
    population: Mapped[int | None]
    hosted_population: Mapped[int | None]
    population_year: Mapped[int | None]
    population_source: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(Moment)


class MunicipalityName(db.Model):
    """What a municipality is called in one language. `folded` is for finding, `sort_key` for ordering."""

    __tablename__ = "municipality_names"

    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(String(2), primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    folded: Mapped[str] = mapped_column(String(240), index=True)
    sort_key: Mapped[str] = mapped_column(String(400), index=True)


def other_name(names: Mapping[str, str], country: str, language: str) -> tuple[str, str] | None:
    """(language, name) to show beside the name in `language`: the country's own, or else its name in the other script.

    `names` are {language: name}; None when no name is written otherwise.
    """
    for other in (*SPOKEN.get(country, ("ar",)), "en", "ar"):
        if other != language and names[other] != names[language]:
            return other, names[other]
    return None
