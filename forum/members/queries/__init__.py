"""Every read of members, and the one statement behind every signed-in request."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import timedelta
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import Row, Select, String, bindparam, cast, func, select
from sqlalchemy.sql import ColumnElement

from forum.core import clock
from forum.core.db import Moment, db, joined, run
from forum.core.errors import NotFound
from forum.core.reader import Reader
from forum.core.settings import current_settings
from forum.members.models import Member, MemberState, ReadingLanguage, Role, SignInSession, SignInWay
from forum.members.rules import holds_staff_role
from forum.municipalities import queries as municipalities
from forum.municipalities.models import Municipality

SHOWN_ACCOUNTS = 9  # the first ones of the demonstration: a member per language, one per role, and an outsider
IDLE = timedelta(days=14)  # without a visit, a device is signed out

BroughtAlong = Mapping[str, Callable[[ColumnElement[int]], ColumnElement[int]]]


def token_hash(token: str) -> bytes:
    """How a session's token is kept."""
    return hashlib.sha256(token.encode()).digest()


def find_reader(token: str, *, along: BroughtAlong, strict: bool) -> Reader | None:
    """The member behind a session's token, in one statement; None when the session or the member is no more.

    `along` adds columns of features above, {name: column for a member's id}: see wiring.READER_BRINGS. `strict`: staff
    need a second step.
    """
    row = run(reader_statement(along), **token_values(token)).one_or_none()
    return None if row is None else reader_of(row, along, strict=strict)


def token_values(token: str) -> dict[str, Any]:
    """What `reader_statement` wants to know."""
    now = clock.now()
    return {"token_hash": token_hash(token), "now": now, "idle_since": now - IDLE}


def reader_statement(along: BroughtAlong) -> Select:
    """The statement of `find_reader`, built once."""
    return _reader_statement(tuple(along.items()))


@cache
def _reader_statement(along: tuple[tuple[str, Callable[[ColumnElement[int]], ColumnElement[int]]], ...]) -> Select:
    role = select(joined(Role.role + ":" + Role.scope_kind + ":" + cast(Role.scope_id, String)))
    role = role.where(Role.member_id == Member.id)
    return (
        select(
            SignInSession.id.label("session_id"),
            SignInSession.csrf,
            SignInSession.seen_at,
            SignInSession.way,
            Member.has_second_step,
            Member.id,
            Member.display_name,
            Member.language,
            Member.digits,
            Member.zone,
            Member.saves_data,
            Member.shortcuts,
            Member.photo_id,
            Member.municipality_id,
            Member.created_at.label("joined_at"),
            Municipality.country,
            role.scalar_subquery().label("roles"),
            *(make(Member.id).label(name) for name, make in along),
        )
        .select_from(SignInSession)
        .join(Member, Member.id == SignInSession.member_id)
        .outerjoin(Municipality, Municipality.id == Member.municipality_id)
        .where(
            SignInSession.token_hash == bindparam("token_hash"),
            *_open(bindparam("now", type_=Moment), bindparam("idle_since", type_=Moment)),
        )
    )


def _open(now: Any, idle_since: Any) -> tuple[ColumnElement[bool], ...]:
    return (
        SignInSession.ended_at.is_(None),
        SignInSession.expires_at > now,
        SignInSession.seen_at > idle_since,
        Member.state == MemberState.ACTIVE,
    )


def _open_session() -> tuple[ColumnElement[bool], ...]:
    return _open(clock.now(), clock.now() - IDLE)


def reader_of(row: Row, along: BroughtAlong, *, strict: bool) -> Reader:
    """The reader in a row of `reader_statement`. Where staff need a second step (`strict`), no role is in force in a
    session that was opened without one."""
    roles = _roles_in(row.roles or "")
    owes = strict and not (row.has_second_step and row.way != SignInWay.PASSWORD) and holds_staff_role(roles)
    return Reader(
        id=row.id,
        session_id=row.session_id,
        name=row.display_name,
        language=row.language,
        digits=row.digits,
        zone=row.zone,
        saves_data=row.saves_data,
        photo_id=row.photo_id,
        region=row.country,
        shortcuts=row.shortcuts,
        municipality_id=row.municipality_id,
        roles=frozenset() if owes else roles,
        owes_second_step=owes,
        csrf=row.csrf,
        seen_at=row.seen_at,
        joined_at=row.joined_at,
        brought={name: getattr(row, name) for name in along},
    )


@lru_cache(maxsize=1000)
def _roles_in(text: str) -> frozenset[tuple[str, str, int]]:
    """Rights as `reader_statement` brings them: "moderator:site:0 manager:workshop:3"."""
    parts = (part.split(":") for part in text.split())
    return frozenset((role, kind, int(id)) for role, kind, id in parts)


def reader_for(member_id: int) -> Reader:
    """A member as a reader, without a request: for letters, jobs and commands. NotFound when they are not active."""
    found = find_reader_for(member_id)
    if found is None:
        raise NotFound
    return found


def find_reader_for(member_id: int) -> Reader | None:
    """The same, or None when they are not active."""
    member = db.session.get(Member, member_id)
    if member is None or member.state != MemberState.ACTIVE:
        return None
    held = db.session.scalars(select(Role).where(Role.member_id == member_id))
    roles = frozenset((role.role, role.scope_kind, role.scope_id) for role in held)
    strict = current_settings().staff_needs_second_step
    owes = strict and not member.has_second_step and holds_staff_role(roles)
    municipality = db.session.get(Municipality, member.municipality_id) if member.municipality_id else None
    return Reader(
        id=member.id,
        name=member.display_name,
        language=member.language,
        digits=member.digits,
        zone=member.zone,
        saves_data=member.saves_data,
        photo_id=member.photo_id,
        region=municipality.country if municipality else None,
        shortcuts=member.shortcuts,
        municipality_id=member.municipality_id,
        joined_at=member.created_at,
        roles=frozenset() if owes else roles,
        owes_second_step=owes,
    )


def find_by_email(email: str) -> Member | None:
    """The member who signs in with this address, in whatever state."""
    return db.session.scalar(select(Member).where(Member.email == email.strip().lower()[:254]))


def find_seen_from(member_id: int, address: str) -> int | None:
    """A session that this member opened from this address before, if any."""
    query = select(SignInSession.id).where(SignInSession.member_id == member_id, SignInSession.address == address)
    return db.session.scalar(query.limit(1))


def get_member(member_id: int) -> Member:
    """One member who is still one, or NotFound."""
    member = db.session.get(Member, member_id)
    if member is None or member.state == MemberState.ERASED:
        raise NotFound
    return member


def get_profile(member_id: int, language: str) -> Row:
    """(Member, name of the municipality or None, its country or None), or NotFound."""
    name = municipalities.name_in(language)
    query = (
        select(Member, name.name.label("municipality"), Municipality.country)
        .outerjoin(name, municipalities.named(name, Member.municipality_id, language))
        .outerjoin(Municipality, Municipality.id == Member.municipality_id)
        .where(Member.id == member_id, Member.state != MemberState.ERASED)
    )
    row = db.session.execute(query).one_or_none()
    if row is None:
        raise NotFound
    return row


def get_merged_into(member_id: int) -> int:
    """The account that this one is part of now, or NotFound."""
    into = db.session.scalar(select(Member.merged_into_id).where(Member.id == member_id))
    if into is None:
        raise NotFound
    return into


def get_session(session_id: int, *, member_id: int) -> SignInSession:
    """One of the member's own sessions, or NotFound."""
    session = db.session.get(SignInSession, session_id)
    if session is None or session.member_id != member_id:
        raise NotFound
    return session


def sessions_of(member_id: int) -> list[SignInSession]:
    """The devices on which a member is signed in, the latest first."""
    query = (
        select(SignInSession)
        .join(Member, Member.id == SignInSession.member_id)
        .where(SignInSession.member_id == member_id, *_open_session())
        .order_by(SignInSession.seen_at.desc())
    )
    return list(db.session.scalars(query))


def roles_of(member_id: int) -> list[str]:
    """The roles that hold on the whole site."""
    query = select(Role.role).where(Role.member_id == member_id, Role.scope_kind == "site").order_by(Role.role)
    return list(db.session.scalars(query))


def reading_languages(member_id: int) -> list[str]:
    """What a member reads, the dearest first."""
    query = select(ReadingLanguage.language).where(ReadingLanguage.member_id == member_id)
    return list(db.session.scalars(query.order_by(ReadingLanguage.position)))


def member_rows(language: str, *, states: Collection[MemberState] = (MemberState.ACTIVE,)) -> Select:
    """id, display_name, other_name, name_language, post_held, sort_key, municipality_id, municipality, country."""
    name = municipalities.name_in(language)
    return (
        select(
            Member.id,
            Member.display_name,
            Member.other_name,
            Member.name_language,
            Member.post_held,
            Member.photo_id,
            Member.sort_key,
            Member.municipality_id,
            name.name.label("municipality"),
            Municipality.country,
        )
        .outerjoin(name, municipalities.named(name, Member.municipality_id, language))
        .outerjoin(Municipality, Municipality.id == Member.municipality_id)
        .where(Member.state.in_(states))
    )


def demonstration_accounts() -> list[Row]:
    """(email, display_name, name_language, municipality_id, photo_id, roles) of invented accounts for trying out."""
    role = select(func.aggregate_strings(Role.role, " ")).where(Role.member_id == Member.id).scalar_subquery()
    shown = Member.email, Member.display_name, Member.name_language, Member.municipality_id, Member.photo_id
    query = (
        select(*shown, role.label("roles"))
        .where(Member.is_demonstration, Member.state == MemberState.ACTIVE)
        .order_by(Member.id)
    )
    return list(db.session.execute(query.limit(SHOWN_ACCOUNTS)))


def count_demonstration_members() -> int:
    """How many accounts of the demonstration there are."""
    return db.session.scalar(select(func.count()).where(Member.is_demonstration)) or 0


def count_real_members() -> int:
    """How many members are real people."""
    return db.session.scalar(select(func.count()).where(Member.is_demonstration.is_(False))) or 0


def find_open_sessions(session_ids: Iterable[int]) -> set[int]:
    """Those of these sessions that are still good."""
    found: set[int] = set()
    ids = sorted(session_ids)
    for start in range(0, len(ids), 500):
        query = select(SignInSession.id).join(Member, Member.id == SignInSession.member_id)
        found |= set(db.session.scalars(query.where(SignInSession.id.in_(ids[start : start + 500]), *_open_session())))
    return found
