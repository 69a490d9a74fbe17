"""Every write to municipalities."""

from collections.abc import Mapping

from sqlalchemy import delete

from forum.core import clock, stamps
from forum.core.db import db
from forum.core.events import record
from forum.core.languages import LANGUAGES, clean_line, fold, sort_key
from forum.municipalities.events import MunicipalityAdded, MunicipalityRenamed
from forum.municipalities.models import Municipality, MunicipalityName


def add_municipality(
    *,
    country: str,
    zone: str,
    names: Mapping[str, str],
    population: int | None = None,
    hosted_population: int | None = None,
    population_year: int | None = None,
    population_source: str = "",
) -> Municipality:
    """Add a municipality; `names` are {language: name} and must hold all four."""
    municipality = Municipality(
        country=country,
        zone=zone,
        population=population,
        hosted_population=hosted_population,
        population_year=population_year,
        population_source=population_source,
        created_at=clock.now(),
    )
    db.session.add(municipality)
    db.session.flush()
    _write_names(municipality, names)
    record(MunicipalityAdded(municipality.id))
    return municipality


def rename_municipality(municipality: Municipality, *, names: Mapping[str, str]) -> None:
    """Give it other names; every page that shows them follows."""
    db.session.execute(delete(MunicipalityName).where(MunicipalityName.municipality_id == municipality.id))
    _write_names(municipality, names)
    stamps.bump(stamps.NAMES)
    record(MunicipalityRenamed(municipality.id))


def _write_names(municipality: Municipality, names: Mapping[str, str]) -> None:
    for language in LANGUAGES:
        name = clean_line(names[language])
        db.session.add(
            MunicipalityName(
                municipality_id=municipality.id,
                language=language,
                name=name,
                folded=fold(name),
                sort_key=sort_key(name, language),
            )
        )
    db.session.flush()
