"""Spaces as JSON."""

from typing import NotRequired, TypedDict

from sqlalchemy import Row

from forum.core.api import Instant, moment
from forum.core.reader import Reader
from forum.spaces import rules
from forum.spaces.models import Joining, SpaceKind


class SpaceShape(TypedDict):
    """A space whose name the reader may know. `readable`: may they see what is in it? Those who may, and managers,
    see how many `members` belong to it; managers alone how many are `waiting` to."""

    id: int
    name: str
    kind: SpaceKind
    joining: Joining
    readable: bool
    belongs: bool
    asked: bool
    members: NotRequired[int]
    waiting: NotRequired[int]


class BelongingShape(TypedDict):
    """Somebody who belongs to a space, or asks to; their own address tells more."""

    id: int
    name: str
    other_name: str
    name_language: str
    municipality: int | None


class RequestShape(TypedDict):
    """Somebody asks to be let in, and says why."""

    member: BelongingShape
    why: str
    asked_at: Instant


class AddedShape(TypedDict):
    """The ids of a space and of a member who belongs to it."""

    space: int
    member: int


def space_shape(space: Row, reader: Reader) -> SpaceShape:
    """As this reader knows it."""
    readable = rules.may_read_space(reader, space.kind, belongs=space.belongs)
    shape: SpaceShape = {
        "id": space.id,
        "name": space.name,
        "kind": space.kind,
        "joining": space.joining,
        "readable": readable,
        "belongs": bool(space.belongs),
        "asked": bool(space.has_asked),
    }
    if rules.may_manage_spaces(reader):
        return shape | {"members": space.members, "waiting": space.waiting}
    return shape | ({"members": space.members} if readable else {})


def belonging_shape(member: Row) -> BelongingShape:
    """Of a row with the names."""
    return {
        "id": member.id,
        "name": member.display_name,
        "other_name": member.other_name,
        "name_language": member.name_language,
        "municipality": member.municipality_id,
    }


def request_shape(row: Row) -> RequestShape:
    """A row of `requests_of`."""
    return {"member": belonging_shape(row), "why": row.why, "asked_at": moment(row.asked_at)}
