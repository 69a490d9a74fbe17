"""Spaces as JSON."""

from typing import Any

from sqlalchemy import Row

from forum.core.reader import Reader
from forum.spaces import rules


def space_shape(space: Row, reader: Reader) -> dict[str, Any]:
    """A space whose name the reader may know; `readable`: may they see what is in it?"""
    readable = rules.may_read_space(reader, space.kind, belongs=space.belongs)
    shape = {
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


def belonging_shape(member: Row) -> dict[str, Any]:
    """Somebody who belongs to a space, or asks to; `/members/<id>` tells more."""
    return {
        "id": member.id,
        "name": member.display_name,
        "other_name": member.other_name,
        "name_language": member.name_language,
        "municipality": member.municipality_id,
    }
