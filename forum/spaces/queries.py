"""Every read of spaces, and the query twin of the visibility door."""

from collections.abc import Iterable

from sqlalchemy import Row, Select, exists, or_, select
from sqlalchemy.sql import ColumnElement

from forum.core.db import db
from forum.core.errors import NotFound
from forum.core.reader import STAFF, Reader
from forum.members.models import Member, MemberState, Role
from forum.spaces.models import Space, SpaceKind, SpaceMember, SpaceName
from forum.spaces.rules import may_read_space


def visible_to(reader: Reader, space_id: ColumnElement[int]) -> ColumnElement[bool]:
    """The condition that a space's id is one that the reader may see: the same answer as `rules.may_read_space`."""
    return space_id.in_(visible_ids(reader))


def visible_ids(reader: Reader) -> Select[tuple[int]]:
    """The ids of all spaces that the reader may see."""
    kinds = [kind for kind in SpaceKind if may_read_space(reader, kind, belongs=False)]
    open_to_all = Space.kind.in_(kinds)
    if reader.is_anonymous:
        return select(Space.id).where(open_to_all)
    by_membership = Space.kind.in_([SpaceKind.PARTICIPANTS, SpaceKind.PRIVATE]) & belongs(reader, Space.id)
    return select(Space.id).where(or_(open_to_all, by_membership))


def belongs(reader: Reader, space_id: ColumnElement[int]) -> ColumnElement[bool]:
    """The condition that the reader has a membership row in this space."""
    return exists().where(SpaceMember.space_id == space_id, SpaceMember.member_id == reader.id)


def get_space(space_id: int, *, reader: Reader) -> Space:
    """One space that the reader may see, or NotFound."""
    space = db.session.scalar(select(Space).where(Space.id == space_id, visible_to(reader, Space.id)))
    if space is None:
        raise NotFound
    return space


def spaces_open_to(reader: Reader, language: str) -> list[Row]:
    """(id, kind, name) of the spaces that the reader may see."""
    query = (
        select(Space.id, Space.kind, SpaceName.name)
        .join(SpaceName, (SpaceName.space_id == Space.id) & (SpaceName.language == language))
        .where(visible_to(reader, Space.id))
        .order_by(Space.id)
    )
    return list(db.session.execute(query).all())


def members_of(space_id: int) -> list[int]:
    """The ids of those who belong to it."""
    return list(db.session.scalars(select(SpaceMember.member_id).where(SpaceMember.space_id == space_id)))


def who_may_read(space_id: int, member_ids: Iterable[int]) -> list[int]:
    """Those of these members who may see what is in the space: the door for many people and one space."""
    space = db.session.get(Space, space_id)
    ids = list(member_ids)
    if space is None or not ids:
        return []
    query = select(Member.id).where(Member.id.in_(ids), Member.state == MemberState.ACTIVE).order_by(Member.id)
    if space.kind == SpaceKind.STAFF:
        query = query.where(
            Member.id.in_(select(Role.member_id).where(Role.role.in_(STAFF), Role.scope_kind == "site"))
        )
    elif space.kind in (SpaceKind.PARTICIPANTS, SpaceKind.PRIVATE):
        query = query.where(Member.id.in_(select(SpaceMember.member_id).where(SpaceMember.space_id == space_id)))
    return list(db.session.scalars(query))
