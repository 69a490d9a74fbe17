"""Every read of registrations. What concerns a workshop is asked for one that has passed its door."""

import hmac
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, exists, func, or_, select

from forum.core import clock
from forum.core.db import db
from forum.core.derived import token_of
from forum.core.paging import Page, page_of
from forum.core.reader import GUEST, Reader
from forum.members.models import Member
from forum.municipalities import queries as municipalities
from forum.municipalities.models import Municipality
from forum.registering.models import Admission, Answer, GuestAnswer, Place, Registration
from forum.spaces.models import Space
from forum.spaces.queries import who_may_read
from forum.spaces.rules import may_read_space
from forum.workshops.models import TalkText, Workshop, WorkshopTopic

PAGE = 50
JOINING = "join"  # what the tokens of the ways in are for


@dataclass(frozen=True)
class Standing:
    """How a reader stands to a workshop. `joining_link` is empty for everybody who is not confirmed."""

    capacity: int | None = None
    confirmed: int = 0
    registration: Registration | None = None
    joining_link: str = ""
    ahead: int = 0  # so many wait before them
    applications_until: datetime | None = None  # places are given by application; what else is counted is not told

    @property
    def is_full(self) -> bool:
        """Would somebody who says yes have to wait?"""
        if self.is_by_application:
            return False
        return self.capacity is not None and self.confirmed >= self.capacity

    @property
    def is_by_application(self) -> bool:
        """Is the form only for those who were selected?"""
        return self.applications_until is not None

    @property
    def place(self) -> Place:
        """Theirs."""
        return Place(self.registration.place) if self.registration else Place.NONE


@dataclass(frozen=True)
class WayIn:
    """By which address of ours the person of a registration joins; letters carry it (actions/joining.py)."""

    workshop_id: int
    registration_id: int
    token: str


@dataclass
class Counts:
    """Registrations by answer, by place, by language wanted (of those who say yes or maybe), by country (likewise)."""

    answers: Counter[str] = field(default_factory=Counter)
    places: Counter[str] = field(default_factory=Counter)
    wants: Counter[str] = field(default_factory=Counter)
    countries: Counter[str] = field(default_factory=Counter)


def find_admission(workshop_id: int) -> Admission | None:
    """How many come in; None where nobody said."""
    return db.session.scalar(select(Admission).where(Admission.workshop_id == workshop_id))


def capacity_of(workshop_id: int) -> int | None:
    """How many places there are; None: as many as come."""
    return db.session.scalar(select(Admission.capacity).where(Admission.workshop_id == workshop_id))


def count_confirmed(workshop_id: int) -> int:
    """How many places are taken."""
    taken = select(func.count()).where(Registration.workshop_id == workshop_id, Registration.place == Place.CONFIRMED)
    return db.session.scalar(taken) or 0


def find_of_member(workshop_id: int, member_id: int) -> Registration | None:
    """The member's own, or the one that they made as a guest with the same address."""
    address = select(Member.email).where(Member.id == member_id).scalar_subquery()
    theirs = or_(Registration.member_id == member_id, Registration.email == address)
    query = select(Registration).where(Registration.workshop_id == workshop_id, theirs)
    own_first = query.order_by(Registration.member_id.is_(None), Registration.id).limit(1)
    return db.session.scalar(own_first.execution_options(populate_existing=True))


def has_place(workshop_id: int, reader: Reader) -> bool:
    """Is the reader's place confirmed?"""
    return reader.id is not None and bool(db.session.scalar(select(placed(workshop_id, reader.id))))


def placed(workshop_id: int, member_id: int) -> ColumnElement[bool]:
    """The condition that the member's place is confirmed."""
    theirs = (Registration.workshop_id == workshop_id, Registration.member_id == member_id)
    return exists().where(*theirs, Registration.place == Place.CONFIRMED)


def find_of_guest(workshop_id: int, email: str) -> Registration | None:
    """The guest's with this address."""
    query = select(Registration).where(Registration.workshop_id == workshop_id, Registration.email == email)
    return db.session.scalar(query.execution_options(populate_existing=True))


def find_guest_answer(answer_id: int | None) -> GuestAnswer | None:
    """What a guest said."""
    return db.session.get(GuestAnswer, answer_id or 0, populate_existing=True)


def standing_of(workshop_id: int, reader: Reader) -> Standing:
    """How the reader stands. The joining link is read here and in `link_for`, and nowhere else."""
    taken = select(func.count()).where(Registration.workshop_id == workshop_id, Registration.place == Place.CONFIRMED)
    held = (Admission.capacity, Admission.joining_link, Admission.applications_until)
    query = select(*held, taken.scalar_subquery().label("confirmed"))
    admission = db.session.execute(query.where(Admission.workshop_id == workshop_id)).one_or_none()
    own = find_of_member(workshop_id, reader.id) if reader.id is not None else None
    is_in = own is not None and own.place == Place.CONFIRMED
    ahead = 0
    if own is not None and own.place == Place.WAITING:
        before = (Registration.waits_since < own.waits_since) | (
            (Registration.waits_since == own.waits_since) & (Registration.id < own.id)
        )
        waiting = select(func.count()).where(
            Registration.workshop_id == workshop_id, Registration.place == Place.WAITING, before
        )
        ahead = db.session.scalar(waiting) or 0
    return Standing(
        capacity=admission.capacity if admission else None,
        confirmed=admission.confirmed if admission else 0,
        registration=own,
        joining_link=admission.joining_link if admission and is_in else "",
        ahead=ahead,
        applications_until=admission.applications_until if admission else None,
    )


def link_for(registration: Registration) -> str:
    """How this person joins: empty for who is not confirmed."""
    if registration.place != Place.CONFIRMED:
        return ""
    admission = find_admission(registration.workshop_id)
    return admission.joining_link if admission else ""


def way_in(registration: Registration) -> WayIn | None:
    """Of who is confirmed, once there is a link; it stays the same as long as the registration is there."""
    if not link_for(registration):
        return None
    return WayIn(registration.workshop_id, registration.id, token_of(registration.salt, purpose=JOINING))


def find_by_way(way: WayIn) -> Registration | None:
    """Whose way in this is, if what it leads to may still be seen; None for any other address."""
    found = db.session.get(Registration, way.registration_id, populate_existing=True)
    if found is None or found.workshop_id != way.workshop_id:
        return None
    token = token_of(found.salt, purpose=JOINING)
    if not hmac.compare_digest(token.encode(), way.token.encode(errors="replace")):
        return None
    space_id = db.session.scalars(select(Workshop.space_id).where(Workshop.id == way.workshop_id)).one()
    return found if still_seeing(space_id, [found]) else None


def address_of(registration: Registration) -> str:
    """Where their letters go; empty for a guest whose address is forgotten."""
    if registration.member_id is None:
        return registration.email or ""
    return db.session.scalars(select(Member.email).where(Member.id == registration.member_id)).one()


def waiting(workshop_id: int) -> Sequence[Registration]:
    """Those on the waiting list, the next first; read anew."""
    query = select(Registration).where(Registration.workshop_id == workshop_id, Registration.place == Place.WAITING)
    query = query.order_by(Registration.waits_since, Registration.id).execution_options(populate_existing=True)
    return db.session.scalars(query).all()


def still_seeing(space_id: int, registrations: Sequence[Registration]) -> list[Registration]:
    """Those of people who may see the workshop in this space now; guests see what is public."""
    kind = db.session.scalars(select(Space.kind).where(Space.id == space_id)).one()
    members = set(who_may_read(space_id, [one.member_id for one in registrations if one.member_id is not None]))
    guests = may_read_space(GUEST, kind, belongs=False)
    return [one for one in registrations if (guests if one.member_id is None else one.member_id in members)]


def confirmed_ids(workshop_id: int) -> list[int]:
    """The registrations that are confirmed."""
    query = select(Registration.id).where(
        Registration.workshop_id == workshop_id, Registration.place == Place.CONFIRMED
    )
    return list(db.session.scalars(query.order_by(Registration.id)))


def confirmed_members(workshop_id: int) -> list[int]:
    """The members among those who are confirmed."""
    query = select(Registration.member_id).where(
        Registration.workshop_id == workshop_id,
        Registration.place == Place.CONFIRMED,
        Registration.member_id.is_not(None),
    )
    return [id for id in db.session.scalars(query) if id is not None]


def topic_ids_of(workshop_id: int) -> list[int]:
    """The topics that those who come follow."""
    return list(db.session.scalars(select(WorkshopTopic.topic_id).where(WorkshopTopic.workshop_id == workshop_id)))


def of_person(member_id: int, email: str | None = None) -> Sequence[Registration]:
    """All that a member answered; with `email`, also as a guest with this address."""
    theirs = Registration.member_id == member_id
    if email is not None:
        theirs = or_(theirs, Registration.email == email)
    return db.session.scalars(select(Registration).where(theirs)).all()


def of_member_in(space_id: int, member_id: int) -> Sequence[Registration]:
    """What a member answered to workshops of one space that are not over."""
    query = select(Registration).join(Workshop, Workshop.id == Registration.workshop_id)
    to_come = (Workshop.space_id == space_id, Workshop.ends_at >= clock.now())
    return db.session.scalars(query.where(Registration.member_id == member_id, *to_come)).all()


def registrations(workshop_id: int, language: str, *, cursor: str | None = None) -> Page[Row]:
    """Who answered, the last first; for managers. `country` is a member's municipality's, or what a guest said."""
    return page_of(_rows(workshop_id, language), [Registration.id], cursor=cursor, size=PAGE, descending=True)


def all_registrations(workshop_id: int, language: str) -> Sequence[Row]:
    """All of them, the first first: for a sheet."""
    return db.session.execute(_rows(workshop_id, language).order_by(Registration.id)).all()


def _rows(workshop_id: int, language: str) -> Select[Any]:
    name = municipalities.name_in(language)
    return (
        select(
            Registration.id,
            Registration.member_id,
            Registration.email,
            func.coalesce(Member.display_name, Registration.name).label("name"),
            Member.name_language,
            func.coalesce(name.name, Registration.organisation).label("organisation"),
            func.coalesce(Municipality.country, Registration.country).label("country"),
            func.coalesce(Member.language, Registration.language).label("language"),
            Registration.answer,
            Registration.place,
            Registration.wants,
            Registration.question,
            TalkText.title.label("talk"),
            Registration.changed_at,
        )
        .outerjoin(Member, Member.id == Registration.member_id)
        .outerjoin(Municipality, Municipality.id == Member.municipality_id)
        .outerjoin(name, municipalities.named(name, Member.municipality_id, language))
        .outerjoin(TalkText, (TalkText.talk_id == Registration.talk_id) & (TalkText.language == language))
        .where(Registration.workshop_id == workshop_id)
    )


def counts_of(workshop_id: int) -> Counts:
    """How many answered what; for managers."""
    country = func.coalesce(Municipality.country, Registration.country).label("country")
    query = (
        select(Registration.answer, Registration.place, Registration.wants, country, func.count().label("number"))
        .outerjoin(Member, Member.id == Registration.member_id)
        .outerjoin(Municipality, Municipality.id == Member.municipality_id)
        .where(Registration.workshop_id == workshop_id)
        .group_by(Registration.answer, Registration.place, Registration.wants, country)
    )
    counts = Counts()
    for row in db.session.execute(query):
        counts.answers[row.answer] += row.number
        counts.places[row.place] += row.number
        if row.answer != Answer.NO:
            counts.wants[row.wants] += row.number
            counts.countries[row.country] += row.number
    return counts
