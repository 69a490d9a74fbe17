"""Who applies, where from, and what they say: what managers and reviewers both see of an application."""

from typing import Any

from sqlalchemy import Select, select

from forum.applying.models import Candidacy
from forum.members.models import Member
from forum.municipalities import queries as municipalities
from forum.municipalities.models import Municipality
from forum.topics.models import ThemeName


def applicant_rows(workshop_id: int, language: str, *more: Any) -> Select[Any]:
    """Applications of a call that were not withdrawn, with `more` columns. Gender, for managers alone, is not here."""
    town = municipalities.name_in(language)
    return (
        select(
            Candidacy.id,
            Candidacy.member_id,
            Member.display_name.label("name"),
            Member.name_language,
            Candidacy.municipality_id,
            town.name.label("municipality"),
            Municipality.country,
            Municipality.population,
            ThemeName.name.label("theme"),
            Candidacy.words,
            Candidacy.language,
            Candidacy.direction,
            *more,
        )
        .join(Member, Member.id == Candidacy.member_id)
        .join(Municipality, Municipality.id == Candidacy.municipality_id)
        .outerjoin(town, municipalities.named(town, Candidacy.municipality_id, language))
        .outerjoin(ThemeName, (ThemeName.theme_id == Candidacy.theme_id) & (ThemeName.language == language))
        .where(Candidacy.workshop_id == workshop_id, Candidacy.withdrawn_at.is_(None))
    )
