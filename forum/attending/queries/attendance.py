"""Who was at an event whose door the reader has passed. Everybody may know how many; who, is for staff."""

from sqlalchemy import ColumnElement, Row, Select, case, exists, func, select

from forum.attending.models import Attendance
from forum.core.db import db
from forum.core.paging import Page, page_of
from forum.core.reader import Reader
from forum.members.models import Member
from forum.municipalities import queries as municipalities
from forum.municipalities.models import Municipality
from forum.registering.models import Answer, Registration

PAGE = 50


def count_here(workshop_id: int) -> int:
    """How many came."""
    return db.session.scalar(select(func.count()).where(Attendance.workshop_id == workshop_id)) or 0


def here_and_own(workshop_id: int, reader: Reader) -> tuple[int, bool]:
    """(how many came, did the reader), in one statement."""
    own = case((Attendance.member_id == (reader.id or 0), 1), else_=0)
    query = select(func.count(), func.coalesce(func.max(own), 0)).where(Attendance.workshop_id == workshop_id)
    number, mine = db.session.execute(query).one()
    return number, bool(mine)


def find_of_member(workshop_id: int, member_id: int) -> Attendance | None:
    """The member's row."""
    query = select(Attendance).where(Attendance.workshop_id == workshop_id, Attendance.member_id == member_id)
    return db.session.scalar(query.execution_options(populate_existing=True))


def find_of_registration(workshop_id: int, registration_id: int) -> Attendance | None:
    """The guest's row."""
    theirs = (Attendance.workshop_id == workshop_id, Attendance.registration_id == registration_id)
    return db.session.scalar(select(Attendance).where(*theirs).execution_options(populate_existing=True))


def find_registration(workshop_id: int, registration_id: int) -> Registration | None:
    """The registration, if it is one of this event."""
    theirs = (Registration.id == registration_id, Registration.workshop_id == workshop_id)
    return db.session.scalar(select(Registration).where(*theirs))


def attended(workshop_id: int, language: str, *, cursor: str | None = None, size: int = PAGE) -> Page[Row]:
    """Who came, the first first; for staff: member_id or registration_id, name, organisation, country, how we know."""
    return page_of(_came(workshop_id, language), [Attendance.id], cursor=cursor, size=size)


def all_attended(workshop_id: int, language: str) -> list[Row]:
    """All of them, for a sheet or a record."""
    return list(db.session.execute(_came(workshop_id, language).order_by(Attendance.id)).all())


def _came(workshop_id: int, language: str) -> Select:
    name = municipalities.name_in(language)
    return (
        select(
            Attendance.id,
            Attendance.member_id,
            Attendance.registration_id,
            Attendance.noted_at,
            Attendance.presence,
            func.coalesce(Member.display_name, Registration.name).label("name"),
            Member.name_language,
            func.coalesce(name.name, Registration.organisation).label("organisation"),
            func.coalesce(Municipality.country, Registration.country).label("country"),
        )
        .outerjoin(Registration, Registration.id == Attendance.registration_id)
        .outerjoin(Member, Member.id == Attendance.member_id)
        .outerjoin(Municipality, Municipality.id == Member.municipality_id)
        .outerjoin(name, municipalities.named(name, Member.municipality_id, language))
        .where(Attendance.workshop_id == workshop_id)
    )


def expected(workshop_id: int, language: str, *, cursor: str | None = None, size: int = PAGE) -> Page[Row]:
    """Who said yes or maybe and is not on the list yet, in the order of their answers; for staff, without addresses:
    id (of the registration), member_id, name, organisation, country, place."""
    name = municipalities.name_in(language)
    query = (
        select(
            Registration.id,
            Registration.member_id,
            Registration.place,
            func.coalesce(Member.display_name, Registration.name).label("name"),
            Member.name_language,
            func.coalesce(name.name, Registration.organisation).label("organisation"),
            func.coalesce(Municipality.country, Registration.country).label("country"),
        )
        .outerjoin(Member, Member.id == Registration.member_id)
        .outerjoin(Municipality, Municipality.id == Member.municipality_id)
        .outerjoin(name, municipalities.named(name, Member.municipality_id, language))
        .where(Registration.workshop_id == workshop_id, Registration.answer != Answer.NO, ~_has_come())
    )
    return page_of(query, [Registration.id], cursor=cursor, size=size)


def _has_come() -> ColumnElement[bool]:
    same = (Attendance.member_id == Registration.member_id) | (Attendance.registration_id == Registration.id)
    return exists().where(Attendance.workshop_id == Registration.workshop_id, same)


def members_here(workshop_id: int) -> list[int]:
    """The ids of the members who came."""
    theirs = (Attendance.workshop_id == workshop_id, Attendance.member_id.is_not(None))
    return [id for id in db.session.scalars(select(Attendance.member_id).where(*theirs)) if id is not None]
