"""Every read of requests. Whoever does not see the space sees no request of it, no voice and no count."""

from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import Row, Select, exists, func, literal, select
from sqlalchemy.orm import aliased
from sqlalchemy.sql import ColumnElement

from forum.agenda.models import AgendaRequest, RequestState, RequestVoice
from forum.agenda.rules import OPEN_SPACES, SEEN
from forum.core import clock
from forum.core.db import db
from forum.core.errors import NotFound
from forum.core.paging import Page, page_of
from forum.core.reader import Reader
from forum.members.models import Member
from forum.municipalities.models import Municipality
from forum.municipalities.queries import name_in, named
from forum.spaces.models import Space
from forum.spaces.queries import readable_spaces, visible_to
from forum.workshops.models import Workshop, WorkshopText

PAGE = 20
LONG = timedelta(days=30)  # without a decision: managers are reminded of it
MOST_OFFERED = 50  # to who announces an event
MOST_MERGED = 50  # of one request that its page names


def request_rows(reader: Reader, language: str) -> Select:
    """Requests that the reader may see, with who asked, from where, and the event that takes them up if the reader may
    see that. `has_voice`: the reader's municipality stands behind it; `countries` of all that do."""
    town, voice = name_in(language), RequestVoice
    voted = aliased(Municipality, name="voted")
    countries = select(func.count(voted.country.distinct())).join(voice, voice.town_id == voted.id)
    mine = exists().where(voice.request_id == AgendaRequest.id, voice.town_id == (reader.municipality_id or 0))
    sees_workshop = (Workshop.id == AgendaRequest.workshop_id) & visible_to(reader, Workshop.space_id)
    return (
        select(
            AgendaRequest.id,
            AgendaRequest.title,
            AgendaRequest.html,
            AgendaRequest.words,
            AgendaRequest.language,
            AgendaRequest.direction,
            AgendaRequest.state,
            AgendaRequest.voices,
            AgendaRequest.created_at,
            AgendaRequest.decided_at,
            AgendaRequest.answer,
            AgendaRequest.link,
            AgendaRequest.merged_into_id,
            AgendaRequest.asker_id,
            AgendaRequest.municipality_id,
            Space.kind.label("space_kind"),
            Member.display_name.label("asker"),
            Member.name_language.label("asker_language"),
            Member.photo_id,
            town.name.label("municipality"),
            Municipality.country,
            Workshop.id.label("workshop_id"),
            WorkshopText.title.label("workshop"),
            Workshop.cancelled_at.label("workshop_cancelled_at"),
            func.coalesce(WorkshopText.written_in, literal(language)).label("workshop_language"),
            countries.where(voice.request_id == AgendaRequest.id).scalar_subquery().label("countries"),
            mine.label("has_voice"),
        )
        .join(Space, Space.id == AgendaRequest.space_id)
        .join(Member, Member.id == AgendaRequest.asker_id)
        .outerjoin(Municipality, Municipality.id == AgendaRequest.municipality_id)
        .outerjoin(town, named(town, AgendaRequest.municipality_id, language))
        .outerjoin(Workshop, sees_workshop)
        .outerjoin(WorkshopText, (WorkshopText.workshop_id == Workshop.id) & (WorkshopText.language == language))
        .where(visible_to(reader, AgendaRequest.space_id), AgendaRequest.state.in_(SEEN))
    )


def get_request_row(request_id: int, *, reader: Reader, language: str) -> Row:
    """One row of `request_rows`, or NotFound."""
    row = db.session.execute(request_rows(reader, language).where(AgendaRequest.id == request_id)).one_or_none()
    if row is None:
        raise NotFound
    return row


def get_request(request_id: int, *, reader: Reader) -> AgendaRequest:
    """The same, for who changes it; others wait meanwhile."""
    query = select(AgendaRequest).where(
        AgendaRequest.id == request_id,
        AgendaRequest.state.in_(SEEN),
        visible_to(reader, AgendaRequest.space_id),
    )
    request = db.session.scalar(query.with_for_update().execution_options(populate_existing=True))
    if request is None:
        raise NotFound
    return request


def requests_page(
    reader: Reader,
    language: str,
    *,
    state: str = RequestState.OPEN,
    workshop_id: int | None = None,
    newest: bool = False,
    waits_long: bool = False,
    cursor: str | None = None,
) -> Page[Row]:
    """Those in one state, or of one event; the most wanted first, or the newest. `waits_long`: those for
    which nobody has decided anything in time, or only that an event takes them up which is cancelled; the oldest
    first."""
    query = request_rows(reader, language)
    if waits_long:
        return page_of(query.where(_waits_long()), [AgendaRequest.id], cursor=cursor, size=PAGE)
    if workshop_id is not None:
        query = query.where(Workshop.id == workshop_id, AgendaRequest.state == RequestState.SCHEDULED)
    else:
        query = query.where(AgendaRequest.state == state)
    order: list[ColumnElement] = [AgendaRequest.id] if newest else [AgendaRequest.voices, AgendaRequest.id]
    return page_of(query, order, cursor=cursor, size=PAGE, descending=True)


def open_requests(reader: Reader, language: str) -> list[Row]:
    """Those that an event may answer, the most wanted first."""
    query = request_rows(reader, language).where(AgendaRequest.state == RequestState.OPEN)
    order = (AgendaRequest.voices.desc(), AgendaRequest.id.desc())
    return list(db.session.execute(query.order_by(*order).limit(MOST_OFFERED)))


def _waits_long() -> ColumnElement[bool]:
    before = clock.now() - LONG
    called_off = select(Workshop.id).where(Workshop.cancelled_at.is_not(None))
    forgotten = (AgendaRequest.state == RequestState.SCHEDULED) & AgendaRequest.workshop_id.in_(called_off)
    return ((AgendaRequest.state == RequestState.OPEN) | forgotten) & (AgendaRequest.created_at < before)


def count_waiting_long(reader: Reader) -> int:
    """How many open ones have waited too long."""
    query = select(func.count()).where(_waits_long(), visible_to(reader, AgendaRequest.space_id))
    return db.session.scalar(query) or 0


class Backing(NamedTuple):
    """What an event answers: so many requests, of municipalities in so many countries."""

    requests: int
    countries: int


def backing_of(workshop_id: int, *, reader: Reader) -> Backing:
    """The requests scheduled into an event that the reader may see, and where those come from who stand behind them."""
    taken = (
        select(AgendaRequest.id)
        .where(AgendaRequest.workshop_id == workshop_id, AgendaRequest.state == RequestState.SCHEDULED)
        .where(visible_to(reader, AgendaRequest.space_id))
    )
    number = select(func.count()).select_from(taken.subquery()).scalar_subquery()
    countries = (
        select(func.count(Municipality.country.distinct()))
        .join(RequestVoice, RequestVoice.town_id == Municipality.id)
        .where(RequestVoice.request_id.in_(taken))
        .scalar_subquery()
    )
    return Backing(*db.session.execute(select(number, countries)).one())


def voices_of(request_id: int, language: str) -> list[Row]:
    """(municipality_id, name, country) of those behind a request whose door the reader has passed, by name."""
    town = name_in(language)
    query = (
        select(Municipality.id.label("municipality_id"), town.name, Municipality.country)
        .join(RequestVoice, RequestVoice.town_id == Municipality.id)
        .join(town, named(town, Municipality.id, language))
        .where(RequestVoice.request_id == request_id)
        .order_by(town.sort_key, Municipality.id)
    )
    return list(db.session.execute(query).all())


def merged_into(request_id: int, *, reader: Reader) -> list[Row]:
    """(id, title, language) of the requests that ask for the same and were made one with this."""
    query = (
        select(AgendaRequest.id, AgendaRequest.title, AgendaRequest.language)
        .where(AgendaRequest.merged_into_id == request_id, AgendaRequest.state == RequestState.MERGED)
        .where(visible_to(reader, AgendaRequest.space_id))
    )
    return list(db.session.execute(query.order_by(AgendaRequest.id).limit(MOST_MERGED)).all())


def count_other_voices(request: AgendaRequest) -> int:
    """How many municipalities besides the asker's stand behind it."""
    voice = RequestVoice
    query = select(func.count()).where(voice.request_id == request.id, voice.town_id != (request.municipality_id or 0))
    return db.session.scalar(query) or 0


def spaces_to_ask_in(reader: Reader, language: str) -> list[Row]:
    """(id, kind, name) of the spaces that may hold a request: open to the whole network."""
    return [row for row in readable_spaces(reader, language) if row.kind in OPEN_SPACES]


def who_asked(request_id: int) -> list[int]:
    """The ids of the members to be told what becomes of it: who asked, who seconded, and those of the requests that
    were made one with it, which gave their voices to it."""
    asked = select(AgendaRequest.asker_id).where(
        (AgendaRequest.id == request_id)
        | ((AgendaRequest.merged_into_id == request_id) & (AgendaRequest.state == RequestState.MERGED))
    )
    seconded = select(RequestVoice.member_id).where(RequestVoice.request_id == request_id)
    return sorted(set(db.session.scalars(asked)) | set(db.session.scalars(seconded)))


def find_request(request_id: int) -> AgendaRequest | None:
    """One, for those who tell of it."""
    return db.session.get(AgendaRequest, request_id, populate_existing=True)
