"""Every write to spaces. What takes sight away bumps the access stamp: open sockets are asked again within a second."""

from collections.abc import Mapping

from sqlalchemy import delete

from forum.core import audit, clock, stamps
from forum.core.db import db
from forum.core.errors import Forbidden
from forum.core.events import record
from forum.core.languages import LANGUAGES, clean_line
from forum.core.reader import Reader
from forum.spaces import rules
from forum.spaces.events import SpaceChanged, SpaceJoined, SpaceLeft, SpaceOpened
from forum.spaces.models import Space, SpaceKind, SpaceMember, SpaceName


def open_space(*, kind: SpaceKind, names: Mapping[str, str], by: Reader | None) -> Space:
    """Make a space; `names` are {language: name}; `by` None is the operator at the command line."""
    _check(by)
    space = Space(kind=kind, created_at=clock.now())
    db.session.add(space)
    db.session.flush()
    for language in LANGUAGES:
        db.session.add(SpaceName(space_id=space.id, language=language, name=clean_line(names[language])))
    record(SpaceOpened(space.id))
    audit.note("space opened", actor_id=by and by.id, subject=("space", space.id), kind=str(kind))
    return space


def change_kind(space: Space, *, kind: SpaceKind, by: Reader | None) -> None:
    """Open a space to more people, or close it to some."""
    _check(by)
    space.kind = kind
    stamps.bump(stamps.ACCESS)
    record(SpaceChanged(space.id))
    audit.note("space changed", actor_id=by and by.id, subject=("space", space.id), kind=str(kind))


def add_to_space(space: Space, *, member_id: int, by: Reader | None) -> None:
    """Let a member see the space; twice does no harm."""
    _check(by)
    if db.session.get(SpaceMember, (space.id, member_id)) is None:
        db.session.add(SpaceMember(space_id=space.id, member_id=member_id, since=clock.now()))
        record(SpaceJoined(space.id, member_id))
        audit.note("joined space", actor_id=by and by.id, subject=("space", space.id), member=member_id)


def remove_from_space(space: Space, *, member_id: int, by: Reader | None) -> None:
    """The member sees the space no more, from this moment."""
    _check(by)
    db.session.execute(delete(SpaceMember).where(SpaceMember.space_id == space.id, SpaceMember.member_id == member_id))
    stamps.bump(stamps.ACCESS)
    record(SpaceLeft(space.id, member_id))
    audit.note("left space", actor_id=by and by.id, subject=("space", space.id), member=member_id)


def _check(by: Reader | None) -> None:
    if by is not None and not rules.may_manage_spaces(by):
        raise Forbidden
