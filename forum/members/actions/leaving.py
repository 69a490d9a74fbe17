"""A member who is no more: the row stays, because posts stand under it, and says nothing of who it was."""

from forum.core import stamps
from forum.core.db import db
from forum.core.events import record
from forum.members.events import MemberErased
from forum.members.models import Member, MemberState

NOWHERE = "erased.invalid"  # RFC 2606: no letter goes there, and nobody can apply with it


def empty_member(member: Member) -> None:
    """No name, address, password or profile any more; every page that showed them follows, and open sockets end."""
    texts = ("display_name", "other_name", "sort_key", "folded_name", "folded_other_name", "skeleton")
    for name in (*texts, "coarse_skeleton", "post_held", "about", "password_hash"):
        setattr(member, name, "")
    member.state = MemberState.ERASED
    member.email = f"{member.id}@{NOWHERE}"
    member.municipality_id = None
    member.language, member.name_language, member.digits, member.zone = "en", "en", "latn", "UTC"
    member.version += 1
    db.session.flush()
    stamps.bump(stamps.NAMES)
    stamps.bump(stamps.ACCESS)
    record(MemberErased(member.id))
