"""Every read of municipalities. They are public: the directory shows whole rows to everybody."""

from collections.abc import Collection

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import aliased
from sqlalchemy.sql import ColumnElement
from sqlalchemy.sql.expression import ScalarSelect

from forum.core.db import db
from forum.core.errors import NotFound
from forum.core.languages import coarse_skeleton, current_speech, fold, skeleton, sort_key
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


def country_of(municipality_id: int | None) -> ScalarSelect[str]:
    """Its country, as a value for a row that is being written."""
    return select(Municipality.country).where(Municipality.id == municipality_id).scalar_subquery()


def is_known(municipality_id: int) -> bool:
    """Is there a municipality with this id?"""
    return db.session.get(Municipality, municipality_id) is not None


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


def named_exactly(names: Collection[str]) -> dict[str, int]:
    """{folded name: id} of municipalities whose whole name, in any language, is among these folded names."""
    query = select(MunicipalityName.folded, MunicipalityName.municipality_id).where(MunicipalityName.folded.in_(names))
    return {row.folded: row.municipality_id for row in db.session.execute(query)}


def called(words: str, language: str, *, most: int = 8) -> list[Row]:
    """(id, name, country, …) of those that somebody may mean who typed this, in any script and spelling, the likeliest
    first. All names are looked at in Python: there are hundreds, not millions."""
    wanted, bones, coarse = fold(words).strip(), skeleton(words), coarse_skeleton(words)
    if not wanted:
        return []
    best: dict[int, int] = {}
    query = select(MunicipalityName.municipality_id, MunicipalityName.name, MunicipalityName.folded)
    for row in db.session.execute(query):
        rank = _likeness(wanted, bones, coarse, row)
        if rank is not None:
            best[row.municipality_id] = min(rank, best.get(row.municipality_id, rank))
    found = municipality_rows(language).where(Municipality.id.in_(best))
    rows = sorted(db.session.execute(found), key=lambda row: (best[row.id], row.sort_key))
    return rows[:most]


def _likeness(wanted: str, bones: str, coarse: str, row: Row) -> int | None:
    """0 for the same name, more for less alike, None for another one."""
    if row.folded == wanted:
        return 0
    if wanted in row.folded or (len(row.folded) > 3 and row.folded in wanted):
        return 1
    if len(bones) > 1 and skeleton(row.name) == bones:
        return 2
    if len(coarse) > 1 and coarse_skeleton(row.name) == coarse:
        return 3
    return None


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
