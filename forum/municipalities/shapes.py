"""Municipalities as JSON."""

from typing import TypedDict

from sqlalchemy import Row

from forum.municipalities.models import Municipality
from forum.municipalities.queries import Words


class MunicipalityRowShape(TypedDict):
    """A municipality of the directory, its name in the reader's language; populations are people."""

    id: int
    name: str
    country: str
    population: int | None
    hosted_population: int | None


class OldNameShape(TypedDict):
    """What a municipality was called before."""

    language: str
    name: str


class MunicipalityShape(TypedDict):
    """One municipality; `names` and `texts` are {language: text}, populations are people."""

    id: int
    names: dict[str, str]
    country: str
    zone: str
    population: int | None
    hosted_population: int | None
    population_year: int | None
    population_source: str
    texts: dict[str, str]
    old_names: list[OldNameShape]


def row_shape(row: Row) -> MunicipalityRowShape:
    """A municipality of the directory, its name in the reader's language."""
    return {
        "id": row.id,
        "name": row.name,
        "country": row.country,
        "population": row.population,
        "hosted_population": row.hosted_population,
    }


def municipality_shape(municipality: Municipality, words: Words) -> MunicipalityShape:
    """With all that is said of it in words."""
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
