"""Members as JSON. Addresses and rights never leave the house."""

from typing import Any

from forum.members.models import Member


def member_shape(member: Member) -> dict[str, Any]:
    """What everybody may know of a member."""
    return {
        "id": member.id,
        "name": member.display_name,
        "other_name": member.other_name,
        "name_language": member.name_language,
        "municipality": member.municipality_id,
        "language": member.language,
    }
