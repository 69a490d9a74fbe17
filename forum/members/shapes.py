"""Members as JSON. Addresses never leave the house."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Row

from forum.core.reader import Reader
from forum.members.models import Contact, LineKind, Member, ProfileLine


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


def profile_shape(
    member: Member,
    *,
    roles: Sequence[str],
    reads: Sequence[str],
    lines: Mapping[LineKind, Sequence[ProfileLine]],
    contacts: Iterable[Contact],
    themes: Iterable[tuple[int, str]],
) -> dict[str, Any]:
    """One member with what their profile says to this reader; `reads` are the languages they read, the dearest first,
    `themes` (id, name)."""
    return member_shape(member) | {
        "about": member.about,
        "roles": list(roles),
        "reads": list(reads),
        "demonstration": member.is_demonstration,
        "offers": [line_shape(line) for line in lines[LineKind.OFFER]],
        "needs": [line_shape(line) for line in lines[LineKind.NEED]],
        "contacts": {one.kind: {"value": one.value, "shown_to": one.shown_to} for one in contacts},
        "themes": [{"id": id, "name": name} for id, name in themes],
    }


def line_shape(line: ProfileLine) -> dict[str, Any]:
    """Something that a member offers or needs."""
    return {"words": line.words, "language": line.language, "direction": line.direction}


def session_shape(reader: Reader) -> dict[str, Any]:
    """Who is signed in, and how they want to be spoken to."""
    return {
        "member": {"id": reader.id, "name": reader.name, "municipality": reader.municipality_id},
        "roles": sorted({role for role, kind, _id in reader.roles if kind == "site"}),
        "language": reader.language,
        "digits": reader.digits,
        "zone": reader.zone,
    }
