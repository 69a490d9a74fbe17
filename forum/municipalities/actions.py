"""Every write to municipalities."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import delete, select, update

from forum.core import audit, clock, stamps
from forum.core.db import db, insert
from forum.core.errors import Conflict, Forbidden, Invalid
from forum.core.events import record
from forum.core.languages import LANGUAGES, clean_body, clean_line, fold, has_hidden, sort_key, strip_bidi
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.municipalities import queries, rules
from forum.municipalities.events import (
    MunicipalityAdded,
    MunicipalityMerged,
    MunicipalityMoved,
    MunicipalityRenamed,
)
from forum.municipalities.models import (
    COUNTRIES,
    LONGEST_NAME,
    LONGEST_SOURCE,
    LONGEST_TEXT,
    ZONES,
    Municipality,
    MunicipalityName,
    MunicipalityText,
    OldName,
)

LARGEST_CITY = 50_000_000
OLDEST_FIGURES = 1950


@dataclass(frozen=True)
class Said:
    """What a manager says of a municipality. `names` and `texts` are {language: words}; all four names are needed."""

    country: str
    names: Mapping[str, str]
    population: int | None = None
    hosted_population: int | None = None
    population_year: int | None = None
    population_source: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)


def add_municipality(
    *,
    country: str,
    zone: str,
    names: Mapping[str, str],
    population: int | None = None,
    hosted_population: int | None = None,
    population_year: int | None = None,
    population_source: str = "",
    by: Reader | None = None,
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
    if by is not None:
        audit.note("municipality added", actor_id=by.id, subject=("municipality", municipality.id))
    return municipality


def add_said(said: Said, *, by: Reader) -> Municipality:
    """A new one with all that a manager says of it; raises Forbidden and Invalid."""
    _check_rights(by)
    check(said)
    municipality = add_municipality(country=said.country, zone=ZONES[said.country], names=said.names, by=by)
    _write_figures(municipality, said)
    _write_texts(municipality, said.texts)
    return municipality


def change_municipality(municipality: Municipality, said: Said, *, by: Reader) -> None:
    """Other names, figures, texts; raises Forbidden and Invalid. Whoever looks for an old name still finds it."""
    _check_rights(by)
    check(said, but=municipality.id)
    before = queries.names_of(municipality.id)
    if {language: _name(said.names, language) for language in LANGUAGES} != before:
        rename_municipality(municipality, names=said.names)
        audit.note("municipality renamed", actor_id=by.id, subject=("municipality", municipality.id), before=before)
    if said.country != municipality.country:
        municipality.country, municipality.zone = said.country, ZONES[said.country]
        stamps.bump(stamps.NAMES)
        record(MunicipalityMoved(municipality.id))
    _write_figures(municipality, said)
    _write_texts(municipality, said.texts)
    audit.note("municipality changed", actor_id=by.id, subject=("municipality", municipality.id))


def rename_municipality(municipality: Municipality, *, names: Mapping[str, str]) -> None:
    """Give it other names; every page that shows them follows."""
    kept = {_name(names, language) for language in LANGUAGES}
    _keep_old_names(municipality.id, municipality.id, but=kept)
    db.session.execute(delete(MunicipalityName).where(MunicipalityName.municipality_id == municipality.id))
    _write_names(municipality, names)
    back = [fold(name) for name in kept]  # who takes an old name again has it as a name
    ours = OldName.municipality_id == municipality.id
    db.session.execute(delete(OldName).where(ours, OldName.folded.in_(back)))
    stamps.bump(stamps.NAMES)
    record(MunicipalityRenamed(municipality.id))


def merge_municipalities(municipality: Municipality, *, into: Municipality, by: Reader) -> None:
    """They are one: all that points to the first points to the second from now on, and its address leads there."""
    _check_rights(by)
    if municipality.id == into.id:
        raise Invalid(fields={"into": _("Please choose another municipality.")})
    for one in sorted((municipality, into), key=lambda row: row.id):  # two who merge at once take turns
        db.session.refresh(one, with_for_update=True)
    if municipality.merged_into_id is not None or into.merged_into_id is not None:
        raise Conflict(_("One of the two was merged into another in the meantime."))
    names = queries.names_of(municipality.id)
    _keep_old_names(municipality.id, into.id, but=set(queries.names_of(into.id).values()))
    db.session.execute(delete(MunicipalityName).where(MunicipalityName.municipality_id == municipality.id))
    _hand_over_old_names(municipality.id, into.id)
    _point_to(municipality.id, into.id)
    municipality.merged_into_id = into.id
    db.session.flush()
    stamps.bump(stamps.NAMES)
    record(MunicipalityMerged(municipality.id, into.id))
    audit.note(
        "municipalities merged", actor_id=by.id, subject=("municipality", municipality.id), into=into.id, names=names
    )


def gather_stragglers(happened: MunicipalityMerged) -> None:
    """Later, for what others were just writing while two municipalities became one."""
    _point_to(happened.municipality_id, happened.into_id)


def _point_to(before: int, after: int) -> None:
    """Every column of every table that points to municipalities, also of features that are not known here. What needs
    more than that hears of MunicipalityMerged in the same transaction."""
    for column in queries.pointing_here():
        db.session.execute(update(column.table).where(column == before).values({column.name: after}))
    db.session.expire_all()


def _keep_old_names(of: int, at: int, *, but: set[str]) -> None:
    """What `of` is called is an old name of `at`, except the names that it has."""
    folded = {fold(name) for name in but}
    query = select(MunicipalityName).where(MunicipalityName.municipality_id == of)
    for row in db.session.scalars(query).all():
        if row.folded not in folded:
            old = {"municipality_id": at, "language": row.language, "name": row.name, "folded": row.folded}
            db.session.execute(insert(OldName).values(**old, until=clock.now()).on_conflict_do_nothing())


def _hand_over_old_names(before: int, after: int) -> None:
    for row in db.session.scalars(select(OldName).where(OldName.municipality_id == before)).all():
        old = {"municipality_id": after, "language": row.language, "name": row.name, "folded": row.folded}
        db.session.execute(insert(OldName).values(**old, until=row.until).on_conflict_do_nothing())
    db.session.execute(delete(OldName).where(OldName.municipality_id == before))


def check(said: Said, *, but: int | None = None) -> None:
    """Raise Invalid with every field that needs another look; `but` is the municipality that is spoken of."""
    wrong = wrong_names(said.names)
    if said.country not in COUNTRIES:
        wrong["country"] = _("Please choose a country.")
    for language in LANGUAGES if not wrong else ():
        if queries.is_taken(fold(_name(said.names, language)), said.country, but=but):
            wrong[f"name_{language}"] = _(
                "A municipality of this country is called so already. Add what tells the two apart, or merge them."
            )
    for name, number in (("population", said.population), ("hosted_population", said.hosted_population)):
        if number is not None and not 0 <= number <= LARGEST_CITY:
            wrong[name] = _("Choose a number from %(least)s to %(most)s.", least=0, most=LARGEST_CITY)
    wrong |= _wrong_source(said)
    for language in LANGUAGES:
        if len(clean_body(said.texts.get(language) or "")) > LONGEST_TEXT:
            wrong[f"text_{language}"] = _("At most %(num)s characters.", num=LONGEST_TEXT)
    if wrong:
        raise Invalid(fields=wrong)


def wrong_names(names: Mapping[str, str]) -> dict[str, str]:
    """{field: why} of names that cannot be."""
    wrong = {}
    for language in LANGUAGES:
        name = _name(names, language)
        if not fold(name).strip() or len(name) > LONGEST_NAME or has_hidden(name):
            wrong[f"name_{language}"] = _("A municipality needs its name in all four languages.")
    return wrong


def _wrong_source(said: Said) -> dict[str, str]:
    wrong, this_year = {}, clock.now().year
    has_figures = said.population is not None or said.hosted_population is not None
    source = clean_line(said.population_source)
    if said.hosted_population is not None and not source:
        wrong["population_source"] = _("Please say where the number of displaced people comes from.")
    if len(source) > LONGEST_SOURCE:
        wrong["population_source"] = _("At most %(num)s characters.", num=LONGEST_SOURCE)
    if said.hosted_population is not None and said.population_year is None:
        wrong["population_year"] = _("Please say of which year the number of displaced people is.")
    if said.population_year is not None and not (has_figures and OLDEST_FIGURES <= said.population_year <= this_year):
        wrong["population_year"] = _("The year of the figures lies between 1950 and today.")
    return wrong


def _check_rights(by: Reader) -> None:
    if not rules.may_manage_municipalities(by):
        raise Forbidden


def _write_figures(municipality: Municipality, said: Said) -> None:
    municipality.population, municipality.hosted_population = said.population, said.hosted_population
    municipality.population_year = said.population_year
    municipality.population_source = clean_line(said.population_source)


def _write_texts(municipality: Municipality, texts: Mapping[str, str]) -> None:
    db.session.execute(delete(MunicipalityText).where(MunicipalityText.municipality_id == municipality.id))
    for language in LANGUAGES:
        if words := clean_body(texts.get(language) or ""):
            db.session.add(MunicipalityText(municipality_id=municipality.id, language=language, words=words))
    db.session.flush()


def _name(names: Mapping[str, str], language: str) -> str:
    return clean_line(strip_bidi(names.get(language) or ""))


def _write_names(municipality: Municipality, names: Mapping[str, str]) -> None:
    for language in LANGUAGES:
        name = _name(names, language)
        db.session.add(
            MunicipalityName(
                municipality_id=municipality.id,
                language=language,
                name=name,
                folded=fold(name)[: MunicipalityName.folded.type.length],
                sort_key=sort_key(name, language)[: MunicipalityName.sort_key.type.length],
            )
        )
    db.session.flush()
