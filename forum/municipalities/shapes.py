"""Municipalities as JSON."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row

from forum.municipalities.models import Municipality


def row_shape(row: Row) -> dict[str, Any]:
    """A municipality of the directory, its name in the reader's language."""
    return {
        "id": row.id,
        "name": row.name,
        "country": row.country,
        "population": row.population,
        "hosted_population": row.hosted_population,
    }


def municipality_shape(municipality: Municipality, names: Mapping[str, str]) -> dict[str, Any]:
    """One municipality with all its names; populations are people."""
    return {
        "id": municipality.id,
        "names": dict(names),
        "country": municipality.country,
        "zone": municipality.zone,
        "population": municipality.population,
        "hosted_population": municipality.hosted_population,
        "population_year": municipality.population_year,
        "population_source": municipality.population_source,
    }
