"""Members as JSON. Addresses never leave the house."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row

from forum.core.reader import Reader
from forum.members.models import Member


def member_shape(member: Member | Row) -> dict[str, Any]:
    """What everybody may know of a member; `municipality` is its id."""
    return {
        "id": member.id,
        "name": member.display_name,
        "other_name": member.other_name,
        "name_language": member.name_language,
        "post_held": member.post_held,
        "municipality": member.municipality_id,
    }


def profile_shape(member: Member, *, roles: Sequence[str], reads: Sequence[str]) -> dict[str, Any]:
    """One member with what their profile says; `reads` are the languages they read, the dearest first."""
    more = {"about": member.about, "roles": list(roles), "reads": list(reads)}
    return member_shape(member) | more | {"demonstration": member.is_demonstration}


def session_shape(reader: Reader) -> dict[str, Any]:
    """Who is signed in, and how they want to be spoken to."""
    return {
        "member": {"id": reader.id, "name": reader.name, "municipality": reader.municipality_id},
        "roles": sorted({role for role, kind, _id in reader.roles if kind == "site"}),
        "language": reader.language,
        "digits": reader.digits,
        "zone": reader.zone,
    }
