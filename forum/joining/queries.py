"""Reads of applications: for managers, once the address is confirmed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import Row, func, select
from sqlalchemy.orm import aliased

from forum.core.db import db
from forum.core.errors import Conflict, NotFound
from forum.core.languages import fold
from forum.core.languages import gettext as _
from forum.core.paging import Page, page_of
from forum.joining.models import REFUSED, Application, ApplicationState, Import, ImportLine, Invitation, Outcome
from forum.members.models import Member
from forum.members.queries.names import sounding_like
from forum.municipalities import queries as municipalities
from forum.municipalities.models import MunicipalityName

PAGE = 30
LINES = 50  # of a list, on one page
TOWNS = 60  # that are not known, of one list
DECIDED = (ApplicationState.APPROVED, ApplicationState.DECLINED)


def applications(language: str, *, decided: bool = False, cursor: str | None = None) -> Page[Row]:
    """Those that wait, the oldest first; or those that were decided, the newest first."""
    name = municipalities.name_in(language)
    query = (
        select(
            Application.id,
            Application.state,
            Application.display_name,
            Application.other_name,
            Application.post_held,
            Application.town,
            Application.country,
            Application.email,
            Application.language,
            Application.municipality_id,
            Application.confirmed_at,
            Application.decided_at,
            name.name.label("municipality"),
        )
        .outerjoin(name, municipalities.named(name, Application.municipality_id, language))
        .where(Application.state.in_(DECIDED if decided else (ApplicationState.WAITING,)))
    )
    return page_of(query, [Application.id], cursor=cursor, size=PAGE, descending=decided)


def count_waiting() -> int:
    """How many applications wait for an answer."""
    return db.session.scalar(select(func.count()).where(Application.state == ApplicationState.WAITING)) or 0


def get_application(application_id: int) -> Application:
    """One that a manager may see, or NotFound."""
    found = db.session.get(Application, application_id)
    if found is None or found.state not in (ApplicationState.WAITING, *DECIDED):
        raise NotFound
    return found


def known_alike(application: Application, language: str) -> Sequence[Row]:
    """While it waits: members who may be the same person, by either spelling. Two accounts are one too many."""
    if application.state != ApplicationState.WAITING:
        return ()
    return sounding_like((application.display_name, application.other_name), language)


def get_waiting(application_id: int) -> Application:
    """One that waits, for the manager who decides; Conflict when another was faster."""
    query = select(Application).where(Application.id == application_id).with_for_update()
    found = db.session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise NotFound
    if found.state != ApplicationState.WAITING:
        raise Conflict(_("This application has been answered in the meantime."))
    return found


@dataclass
class Town:
    """A town that the network does not know: the applications that name it, the oldest first, and rows of the
    municipalities that may be meant."""

    name: str
    country: str
    applications: list[Row] = field(default_factory=list)
    likely: list[Row] = field(default_factory=list)


def towns_waiting(language: str) -> list[Town]:
    """The towns that wait, the longest first."""
    query = select(
        Application.id, Application.town, Application.country, Application.display_name, Application.confirmed_at
    ).where(Application.state == ApplicationState.WAITING, Application.municipality_id.is_(None))
    found: dict[tuple[str, str], Town] = {}
    for row in db.session.execute(query.order_by(Application.id)):
        town = found.setdefault((fold(row.town), row.country), Town(row.town, row.country))
        town.applications.append(row)
    likely = municipalities.all_called((town.name for town in found.values()), language)
    for town in found.values():
        town.likely = [row for row in likely[town.name] if row.country == town.country]
    return list(found.values())


def naming_the_same(application: Application) -> list[Application]:
    """This application and all that wait and name the same town of the same country."""
    query = select(Application).where(
        Application.state == ApplicationState.WAITING,
        Application.municipality_id.is_(None),
        Application.country == application.country,
    )
    found = db.session.scalars(query.order_by(Application.id))
    return [one for one in found if fold(one.town) == fold(application.town)]


def invitations(language: str, *, cursor: str | None = None) -> Page[Row]:
    """The newest first, with the municipality's name and who invited."""
    name = municipalities.name_in(language)
    query = (
        select(
            Invitation.id,
            Invitation.state,
            Invitation.email,
            Invitation.display_name,
            Invitation.language,
            Invitation.municipality_id,
            Invitation.created_at,
            Invitation.member_id,
            name.name.label("municipality"),
            Member.display_name.label("inviter"),
        )
        .outerjoin(name, municipalities.named(name, Invitation.municipality_id, language))
        .outerjoin(Member, Member.id == Invitation.invited_by)
    )
    return page_of(query, [Invitation.id], cursor=cursor, size=PAGE, descending=True)


def get_invitation(invitation_id: int) -> Invitation:
    """One, or NotFound."""
    found = db.session.get(Invitation, invitation_id, populate_existing=True)
    if found is None:
        raise NotFound
    return found


def imports() -> Sequence[Import]:
    """The lists of the last month, the newest first."""
    return db.session.scalars(select(Import).order_by(Import.id.desc()).limit(PAGE)).all()


def get_import(import_id: int) -> Import:
    """One list, or NotFound."""
    found = db.session.get(Import, import_id, populate_existing=True)
    if found is None:
        raise NotFound
    return found


def find_import_of(same: str) -> Import | None:
    """The list that said the same."""
    return db.session.scalar(select(Import).where(Import.same == same))


def count_outcomes(import_id: int) -> dict[Outcome, int]:
    """{outcome: lines}, in the order in which they are told."""
    query = select(ImportLine.outcome, func.count()).where(ImportLine.import_id == import_id)
    found = dict(map(tuple, db.session.execute(query.group_by(ImportLine.outcome))))
    return {outcome: found[outcome] for outcome in Outcome if outcome in found}


def import_lines(
    import_id: int, language: str, *, outcome: Outcome | None = None, cursor: str | None = None
) -> Page[Row]:
    """The lines with what becomes of them; who may be the same person, and which municipality is, or may be, meant."""
    name, likely = municipalities.name_in(language), aliased(MunicipalityName, name="likely_name")
    query = (
        select(
            ImportLine.number,
            ImportLine.outcome,
            ImportLine.email,
            ImportLine.name,
            ImportLine.other_name,
            ImportLine.town,
            ImportLine.member_id,
            ImportLine.municipality_id,
            name.name.label("municipality"),
            likely.name.label("likely"),
            Member.display_name.label("member"),
            Member.name_language.label("member_language"),
        )
        .outerjoin(name, municipalities.named(name, ImportLine.municipality_id, language))
        .outerjoin(likely, municipalities.named(likely, ImportLine.likely_id, language))
        .outerjoin(Member, Member.id == ImportLine.member_id)
        .where(ImportLine.import_id == import_id)
    )
    if outcome is not None:
        query = query.where(ImportLine.outcome == outcome)
    return page_of(query, [ImportLine.number], cursor=cursor, size=LINES)


class UnknownTown(NamedTuple):
    """A town of a list that is not known, on how many lines it stands, and what may be meant."""

    town: str
    folded: str
    lines: int
    likely_id: int | None


def unknown_towns(import_id: int) -> list[UnknownTown]:
    """Those of most lines first."""
    number = func.count().label("lines")
    query = select(ImportLine.town, number, func.max(ImportLine.likely_id).label("likely_id")).where(
        ImportLine.import_id == import_id, ImportLine.outcome == Outcome.UNKNOWN_TOWN, ImportLine.town != ""
    )
    query = query.group_by(ImportLine.town).order_by(number.desc(), ImportLine.town).limit(TOWNS)
    return [UnknownTown(row.town, fold(row.town), row.lines, row.likely_id) for row in db.session.execute(query)]


def refused_lines(import_id: int) -> list[Row]:
    """(number, cells, outcome) of the lines that are left out."""
    query = select(ImportLine.number, ImportLine.cells, ImportLine.outcome)
    query = query.where(ImportLine.import_id == import_id, ImportLine.outcome.in_(REFUSED))
    return list(db.session.execute(query.order_by(ImportLine.number)))
