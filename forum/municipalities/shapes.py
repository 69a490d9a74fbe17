"""Municipalities as JSON."""

from typing import Any

from sqlalchemy import Row

from forum.municipalities.models import Municipality
from forum.municipalities.queries import Words


def row_shape(row: Row) -> dict[str, Any]:
    """A municipality of the directory, its name in the reader's language."""
    return {
        "id": row.id,
        "name": row.name,
        "country": row.country,
        "population": row.population,
        "hosted_population": row.hosted_population,
    }


def municipality_shape(municipality: Municipality, words: Words) -> dict[str, Any]:
    """One municipality with all its names, those that it had too; populations are people."""
    return {
        "id": municipality.id,
        "names": words.names,
        "country": municipality.country,
        "zone": municipality.zone,
        "population": municipality.population,
        "hosted_population": municipality.hosted_population,
        "population_year": municipality.population_year,
        "population_source": municipality.population_source,
        "texts": words.texts,
        "old_names": [{"language": language, "name": name} for language, name in words.old_names],
    }
