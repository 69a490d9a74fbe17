"""Every read of municipalities. They are public: the directory shows whole rows to everybody."""

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import aliased
from sqlalchemy.sql import ColumnElement

from forum.core.db import db
from forum.core.errors import NotFound
from forum.core.languages import current_speech, fold, sort_key
from forum.core.languages import gettext as _
from forum.core.languages.countries import country_name
from forum.core.paging import Page, page_of
from forum.municipalities.models import COUNTRIES, Municipality, MunicipalityName

PAGE = 30


def municipality_rows(language: str) -> Select[tuple[int, str, str, int | None, int | None, str]]:
    """id, name, country, population, hosted_population, sort_key, in this language."""
    return select(
        Municipality.id,
        MunicipalityName.name,
        Municipality.country,
        Municipality.population,
        Municipality.hosted_population,
        MunicipalityName.sort_key,
    ).join(
        MunicipalityName,
        (MunicipalityName.municipality_id == Municipality.id) & (MunicipalityName.language == language),
    )


def directory(language: str, *, country: str | None = None, name: str = "", cursor: str | None = None) -> Page[Row]:
    """Municipalities by name; `name` finds any part of the name in any of the four languages."""
    query = municipality_rows(language)
    if country:
        query = query.where(Municipality.country == country)
    if name:
        query = query.where(Municipality.id.in_(select(MunicipalityName.municipality_id).where(_is_like(name))))
    return page_of(query, [MunicipalityName.sort_key, Municipality.id], cursor=cursor, size=PAGE)


def _is_like(name: str) -> ColumnElement[bool]:
    return MunicipalityName.folded.contains(fold(name), autoescape=True)


def get_municipality(municipality_id: int) -> Municipality:
    """One municipality, or NotFound."""
    municipality = db.session.get(Municipality, municipality_id)
    if municipality is None:
        raise NotFound
    return municipality


def names_of(municipality_id: int) -> dict[str, str]:
    """{language: name}."""
    rows = db.session.execute(
        select(MunicipalityName.language, MunicipalityName.name).where(
            MunicipalityName.municipality_id == municipality_id
        )
    )
    return {row.language: row.name for row in rows}


def choices(language: str) -> list[Row]:
    """(id, name) of all, by name, for a form's list."""
    query = municipality_rows(language).order_by(MunicipalityName.sort_key, Municipality.id)
    return list(db.session.execute(query).all())


def country_choices() -> list[tuple[str, str]]:
    """(code, name) of all countries and of each, in the words and the order of the reader's language."""
    named = [(code, country_name(code)) for code in COUNTRIES]
    language = current_speech().locale
    return [("", _("All countries")), *sorted(named, key=lambda one: sort_key(one[1], language))]


def name_in(language: str) -> type[MunicipalityName]:
    """An alias of the names to join: `.on(alias)` see `named`."""
    return aliased(MunicipalityName, name=f"municipality_name_{language}")


def named(alias: type[MunicipalityName], municipality_id: ColumnElement[int], language: str) -> ColumnElement[bool]:
    """The join condition that picks a municipality's name in one language."""
    return (alias.municipality_id == municipality_id) & (alias.language == language)
