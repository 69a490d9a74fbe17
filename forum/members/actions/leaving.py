"""A member who is no more, or who goes on as another one: the row stays, and says nothing of who it was."""

from typing import Any

from sqlalchemy import inspect

from forum.core import stamps
from forum.core.db import db
from forum.core.events import record
from forum.members.events import MemberErased, MemberMerged
from forum.members.models import Member, MemberState

NOWHERE = "erased.invalid"  # RFC 2606: no letter goes there, and nobody can apply with it
KEPT = ("id", "version", "is_demonstration", "created_at")  # all that stays as it is
SAID: dict[str, Any] = {  # what may not be empty
    "language": "en",
    "name_language": "en",
    "digits": "latn",
    "zone": "UTC",
    "saves_data": False,
    "shortcuts": True,
    "takes_letters": False,
    "has_second_step": False,
}


def empty_member(member: Member) -> None:
    """No name, address, password or profile any more; every page that showed them follows, and open sockets end."""
    for column in inspect(Member).columns:
        if column.key not in KEPT:
            setattr(member, column.key, None if column.nullable else SAID.get(column.key, ""))
    member.state = MemberState.ERASED
    member.email = f"{member.id}@{NOWHERE}"
    member.version += 1
    db.session.flush()
    stamps.bump(stamps.NAMES)
    stamps.bump(stamps.ACCESS)


def erase_member(member: Member) -> None:
    """Nobody stands behind the row any more; posts stand under it."""
    empty_member(member)
    record(MemberErased(member.id))


def merge_member(member: Member, *, into: Member) -> None:
    """Another account of the same person takes its place."""
    empty_member(member)
    member.merged_into_id = into.id
    into.version += 1
    record(MemberMerged(member.id, into.id))
