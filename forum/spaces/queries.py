"""Every read of spaces, and the query twin of the visibility door."""

from collections.abc import Iterable

from sqlalchemy import Row, Select, exists, false, func, or_, select, true
from sqlalchemy.sql import ColumnElement

from forum.core.db import db
from forum.core.errors import NotFound
from forum.core.paging import Page, page_of
from forum.core.reader import STAFF, Reader
from forum.members.models import Member, MemberState
from forum.members.queries import member_rows
from forum.members.queries.staff import holders
from forum.spaces.models import Joining, Space, SpaceKind, SpaceMember, SpaceName, SpaceRequest
from forum.spaces.rules import BY_MEMBERSHIP, may_manage_spaces, may_read_space

PAGE = 30
MOST_OFFERED = 200  # spaces to choose one of


def visible_to(reader: Reader, space_id: ColumnElement[int]) -> ColumnElement[bool]:
    """The condition that a space's id is one that the reader may see: the same answer as `rules.may_read_space`."""
    return space_id.in_(visible_ids(reader))


def visible_ids(reader: Reader) -> Select[tuple[int]]:
    """The ids of all spaces that the reader may see."""
    kinds = [kind for kind in SpaceKind if may_read_space(reader, kind, belongs=False)]
    open_to_all = Space.kind.in_(kinds)
    if reader.is_anonymous:
        return select(Space.id).where(open_to_all)
    by_membership = Space.kind.in_(BY_MEMBERSHIP) & belongs(reader, Space.id)
    return select(Space.id).where(or_(open_to_all, by_membership))


def known_to(reader: Reader) -> ColumnElement[bool]:
    """The condition that the reader may know of a Space and its name: the same answer as `rules.may_know_space`."""
    if may_manage_spaces(reader):
        return true()
    asked = Space.kind.in_(BY_MEMBERSHIP) & (Space.joining == Joining.REQUEST)
    return or_(visible_to(reader, Space.id), asked if reader.is_authenticated else false())


def belongs(reader: Reader, space_id: ColumnElement[int]) -> ColumnElement[bool]:
    """The condition that the reader has a membership row in this space."""
    return exists().where(SpaceMember.space_id == space_id, SpaceMember.member_id == reader.id)


def get_space(space_id: int, *, reader: Reader) -> Space:
    """One space whose name the reader may know, or NotFound. What is in it is another question."""
    space = db.session.scalar(select(Space).where(Space.id == space_id, known_to(reader)))
    if space is None:
        raise NotFound
    return space


def space_rows(reader: Reader, language: str) -> Select:
    """id, kind, joining, name, belongs, has_asked, members (how many belong), waiting (requests, for managers)."""
    asked = exists().where(SpaceRequest.space_id == Space.id, SpaceRequest.member_id == (reader.id or 0))
    members = select(func.count()).where(SpaceMember.space_id == Space.id)
    waiting = select(func.count()).where(SpaceRequest.space_id == Space.id)
    return (
        select(
            Space.id,
            Space.kind,
            Space.joining,
            SpaceName.name,
            belongs(reader, Space.id).label("belongs"),
            asked.label("has_asked"),
            members.scalar_subquery().label("members"),
            waiting.scalar_subquery().label("waiting"),
        )
        .join(SpaceName, (SpaceName.space_id == Space.id) & (SpaceName.language == language))
        .where(known_to(reader))
    )


def get_space_row(space_id: int, *, reader: Reader, language: str) -> Row:
    """One row of `space_rows`, or NotFound."""
    row = db.session.execute(space_rows(reader, language).where(Space.id == space_id)).one_or_none()
    if row is None:
        raise NotFound
    return row


def get_readable_space(space_id: int, *, reader: Reader, language: str) -> Row:
    """One that the reader may look into, or NotFound; knowing its name is not enough."""
    space = get_space_row(space_id, reader=reader, language=language)
    if not may_read_space(reader, space.kind, belongs=space.belongs):
        raise NotFound
    return space


def spaces_known_to(reader: Reader, language: str, *, cursor: str | None = None) -> Page[Row]:
    """The spaces whose names the reader may know, the oldest first."""
    return page_of(space_rows(reader, language), [Space.id], cursor=cursor, size=PAGE)


def readable_spaces(reader: Reader, language: str) -> list[Row]:
    """id, name, kind of the spaces that the reader may read, the oldest first: to choose one of."""
    query = (
        select(Space.id, Space.kind, SpaceName.name)
        .join(SpaceName, (SpaceName.space_id == Space.id) & (SpaceName.language == language))
        .where(visible_to(reader, Space.id))
    )
    return list(db.session.execute(query.order_by(Space.id).limit(MOST_OFFERED)).all())


def names_of(space_id: int) -> dict[str, str]:
    """{language: name}."""
    query = select(SpaceName.language, SpaceName.name).where(SpaceName.space_id == space_id)
    return {row.language: row.name for row in db.session.execute(query)}


def members_of(space_id: int) -> list[int]:
    """The ids of those who belong to it."""
    return list(db.session.scalars(select(SpaceMember.member_id).where(SpaceMember.space_id == space_id)))


def member_page(space_id: int, language: str, *, cursor: str | None = None) -> Page[Row]:
    """Those who belong to it, by name, as rows of `members.queries.member_rows`."""
    query = member_rows(language).join(
        SpaceMember, (SpaceMember.member_id == Member.id) & (SpaceMember.space_id == space_id)
    )
    return page_of(query, [Member.sort_key, Member.id], cursor=cursor, size=PAGE)


def requests_of(space_id: int, language: str) -> list[Row]:
    """Those who ask to belong to it, the longest waiting first; with `why` and `asked_at`."""
    query = (
        member_rows(language)
        .add_columns(SpaceRequest.why, SpaceRequest.asked_at)
        .join(SpaceRequest, (SpaceRequest.member_id == Member.id) & (SpaceRequest.space_id == space_id))
        .order_by(SpaceRequest.asked_at, Member.id)
    )
    return list(db.session.execute(query.limit(PAGE)).all())


def has_request(space_id: int, member_id: int) -> bool:
    """Does this member wait for an answer?"""
    return db.session.get(SpaceRequest, (space_id, member_id)) is not None


def who_may_read(space_id: int, member_ids: Iterable[int]) -> list[int]:
    """Those of these members who may see what is in the space: the door for many people and one space."""
    space = db.session.get(Space, space_id)
    ids = list(member_ids)
    if space is None or not ids:
        return []
    query = select(Member.id).where(Member.id.in_(ids), Member.state == MemberState.ACTIVE).order_by(Member.id)
    if space.kind == SpaceKind.STAFF:
        query = query.where(Member.id.in_(holders(*STAFF)))
    elif space.kind in BY_MEMBERSHIP:
        query = query.where(Member.id.in_(select(SpaceMember.member_id).where(SpaceMember.space_id == space_id)))
    return list(db.session.scalars(query))
