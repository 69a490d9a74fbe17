"""A member who is no more: the row stays, because posts stand under it, and says nothing of who it was."""

from sqlalchemy import inspect

from forum.core import stamps
from forum.core.db import db
from forum.core.events import record
from forum.members.events import MemberErased
from forum.members.models import Member, MemberState

NOWHERE = "erased.invalid"  # RFC 2606: no letter goes there, and nobody can apply with it
KEPT = ("id", "version", "is_demonstration", "created_at")  # all that stays as it is
SAID = {"language": "en", "name_language": "en", "digits": "latn", "zone": "UTC"}  # what may not be empty


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
    record(MemberErased(member.id))
