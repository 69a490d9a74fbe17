"""Which themes interest whom."""

from collections.abc import Sequence

from sqlalchemy import Select, select

from forum.core.db import db
from forum.core.languages import direction_of, sort_key
from forum.topics.models import Theme, ThemeInterest, ThemeName
from forum.topics.queries.labels import Label


def interests_of(member_id: int, language: str) -> list[Label]:
    """The themes that interest a member, by name."""
    query = (
        select(Theme.id, ThemeName.name)
        .join(ThemeInterest, ThemeInterest.theme_id == Theme.id)
        .join(ThemeName, (ThemeName.theme_id == Theme.id) & (ThemeName.language == language))
        .where(ThemeInterest.member_id == member_id)
    )
    found = [Label(row.id, row.name, direction_of(language)) for row in db.session.execute(query)]
    return sorted(found, key=lambda label: sort_key(label.name, language))


def interested_in(themes: Sequence[int]) -> Select[tuple[int]]:
    """The ids of members whom one of these themes interests."""
    return select(ThemeInterest.member_id).where(ThemeInterest.theme_id.in_(themes))
