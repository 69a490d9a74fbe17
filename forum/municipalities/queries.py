"""Every read of municipalities. They are public: the directory shows whole rows to everybody."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Column, Row, Select, String, exists, func, literal, or_, select, union_all
from sqlalchemy.orm import aliased
from sqlalchemy.sql import ColumnElement
from sqlalchemy.sql.expression import ScalarSelect

from forum.core.db import Moment, db
from forum.core.errors import NotFound
from forum.core.languages import coarse_skeleton, current_speech, fold, skeleton, sort_key
from forum.core.languages import gettext as _
from forum.core.languages.countries import country_name
from forum.core.paging import Page, page_of
from forum.municipalities.models import COUNTRIES, Municipality, MunicipalityName, MunicipalityText, OldName

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
    """Municipalities by name; `name` finds any part of the name, today's or an old one, in any language."""
    query = municipality_rows(language)
    if country:
        query = query.where(Municipality.country == country)
    if name:
        query = query.where(
            or_(*(Municipality.id.in_(_called_like(model, name)) for model in (MunicipalityName, OldName)))
        )
    return page_of(query, [MunicipalityName.sort_key, Municipality.id], cursor=cursor, size=PAGE)


def _called_like(model: type[MunicipalityName] | type[OldName], name: str) -> Select[tuple[int]]:
    return select(model.municipality_id).where(model.folded.contains(fold(name), autoescape=True))


def get_municipality(municipality_id: int) -> Municipality:
    """One municipality, or NotFound; one that was merged into another is no more: see `find_row`."""
    municipality = db.session.get(Municipality, municipality_id)
    if municipality is None or municipality.merged_into_id is not None:
        raise NotFound
    return municipality


def find_row(municipality_id: int) -> Municipality | None:
    """One municipality, also one that was merged into another."""
    return db.session.get(Municipality, municipality_id)


def is_taken(folded: str, country: str, *, but: int | None) -> bool:
    """Is another municipality of this country called so, in any language?"""
    query = select(MunicipalityName.municipality_id).join(
        Municipality, Municipality.id == MunicipalityName.municipality_id
    )
    query = query.where(MunicipalityName.folded == folded, Municipality.country == country)
    return db.session.scalar(select(exists(query.where(Municipality.id != (but or 0))))) or False


class Words(NamedTuple):
    """All that is said of a municipality in words: {language: name}, {language: text}, and (language, name) of what it
    was called before, the latest first."""

    names: dict[str, str]
    texts: dict[str, str]
    old_names: list[tuple[str, str]]


def find_named(names: Collection[str], country: str) -> int | None:
    """The municipality of this country that has one of these names today, in whatever language."""
    folded = [fold(name) for name in names if fold(name).strip()]
    query = select(Municipality.id).join(MunicipalityName, MunicipalityName.municipality_id == Municipality.id)
    query = query.where(MunicipalityName.folded.in_(folded), Municipality.country == country)
    return db.session.scalar(query.order_by(Municipality.id).limit(1))


def words_of(municipality_id: int) -> Words:
    """The words, in one statement."""
    no = literal(None, Moment)
    parts = [
        select(literal(what, String).label("what"), model.language, words, moment.label("until")).where(
            model.municipality_id == municipality_id
        )
        for what, model, words, moment in (
            ("name", MunicipalityName, MunicipalityName.name, no),
            ("text", MunicipalityText, MunicipalityText.words, no),
            ("old", OldName, OldName.name, OldName.until),
        )
    ]
    names, texts, old = {}, {}, []
    for what, language, words, until in db.session.execute(union_all(*parts)):
        if what == "old":
            old.append((until, language, words))
        else:
            (names if what == "name" else texts)[language] = words
    return Words(names, texts, [(language, name) for _until, language, name in sorted(old, reverse=True)])


def country_of(municipality_id: int | None) -> ScalarSelect[str]:
    """Its country, as a value for a row that is being written."""
    return select(Municipality.country).where(Municipality.id == municipality_id).scalar_subquery()


def is_known(municipality_id: int) -> bool:
    """Is there a municipality with this id?"""
    municipality = db.session.get(Municipality, municipality_id)
    return municipality is not None and municipality.merged_into_id is None


def names_of(municipality_id: int) -> dict[str, str]:
    """{language: name}."""
    rows = db.session.execute(
        select(MunicipalityName.language, MunicipalityName.name).where(
            MunicipalityName.municipality_id == municipality_id
        )
    )
    return {row.language: row.name for row in rows}


def name_of(municipality_id: int | None, language: str) -> str | None:
    """What a municipality is called in this language; None of none."""
    which = MunicipalityName.municipality_id == municipality_id, MunicipalityName.language == language
    return db.session.scalar(select(MunicipalityName.name).where(*which)) if municipality_id else None


def choices(language: str) -> list[Row]:
    """(id, name) of all, by name, for a form's list."""
    query = municipality_rows(language).order_by(MunicipalityName.sort_key, Municipality.id)
    return list(db.session.execute(query).all())


def named_exactly(names: Collection[str]) -> dict[str, int]:
    """{folded name: id} of municipalities whose whole name, in any language, is among these folded names. A name of
    today goes before one of the past."""
    old = select(OldName.folded, OldName.municipality_id).where(OldName.folded.in_(names))
    query = select(MunicipalityName.folded, MunicipalityName.municipality_id).where(MunicipalityName.folded.in_(names))
    found = {}
    for row in (*db.session.execute(old), *db.session.execute(query)):
        found[row.folded] = row.municipality_id
    return found


def called(words: str, language: str, *, most: int = 8) -> list[Row]:
    """(id, name, country, …) of those that somebody may mean who typed this, in any script and spelling, the likeliest
    first; old names are looked at too."""
    return all_called([words], language, most=most)[words]


def all_called(all_words: Iterable[str], language: str, *, most: int = 3) -> dict[str, list[Row]]:
    """{words: what `called` says of them}, in two statements. All names are looked at in Python: there are hundreds,
    not millions."""
    today, past = (select(one.municipality_id, one.name, one.folded) for one in (MunicipalityName, OldName))
    wanted = list(dict.fromkeys(all_words))
    names = db.session.execute(union_all(today, past)).all() if wanted else []
    bones = {row.name: _bones(row.name) for row in names}
    best = {words: _best(words, names, bones) for words in wanted}
    ids = {id for ranks in best.values() for id in ranks}
    found = db.session.execute(municipality_rows(language).where(Municipality.id.in_(ids))).all() if ids else []
    return {
        words: sorted(
            (row for row in found if row.id in ranks), key=lambda row, ranks=ranks: (ranks[row.id], row.sort_key)
        )[:most]
        for words, ranks in best.items()
    }


@lru_cache(maxsize=5000)
def _bones(name: str) -> tuple[str, str]:
    return skeleton(name), coarse_skeleton(name)


def _best(words: str, names: Sequence[Row], bones: Mapping[str, tuple[str, str]]) -> dict[int, int]:
    """{municipality id: how little alike its likeliest name is}."""
    wanted, own, best = fold(words).strip(), (skeleton(words), coarse_skeleton(words)), {}
    for row in names if wanted else ():
        rank = _likeness(wanted, own, bones[row.name], row.folded)
        if rank is not None:
            best[row.municipality_id] = min(rank, best.get(row.municipality_id, rank))
    return best


def _likeness(wanted: str, own: tuple[str, str], bones: tuple[str, str], folded: str) -> int | None:
    """0 for the same name, more for less alike, None for another one."""
    if folded == wanted:
        return 0
    if wanted in folded or (len(folded) > 3 and folded in wanted):
        return 1
    for rank, (one, other) in enumerate(zip(own, bones, strict=True), start=2):
        if len(one) > 1 and one == other:
            return rank
    return None


_OWN = (MunicipalityName.__tablename__, OldName.__tablename__, MunicipalityText.__tablename__)


def pointing_here() -> list[Column[Any]]:
    """Every column of every table that points to a municipality, but for its own names and texts."""
    return [
        key.parent
        for table in db.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table is Municipality.__table__ and table.name not in _OWN
    ]


def counts_at(municipality_id: int) -> dict[str, int]:
    """{table: number of rows that point to this municipality}, in one statement."""
    counted = [
        select(func.count()).select_from(column.table).where(column == municipality_id).scalar_subquery()
        for column in pointing_here()
    ]
    named = [one.label(str(number)) for number, one in enumerate(counted)]
    tables = [column.table.name for column in pointing_here()]
    counts = dict.fromkeys(tables, 0)
    for table, number in zip(tables, db.session.execute(select(*named)).one(), strict=True):
        counts[table] += number
    return counts


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
