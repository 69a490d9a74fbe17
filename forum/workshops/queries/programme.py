"""What a workshop offers: its languages, its objectives, its talks."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import Select, select

from forum.core.db import db
from forum.members.models import Member
from forum.workshops.models import (
    LanguageRole,
    Objective,
    ObjectiveText,
    Speaker,
    SpeakerText,
    Talk,
    TalkLanguage,
    TalkText,
    WorkshopLanguage,
)


def languages_of(workshop_ids: Iterable[int]) -> dict[int, dict[LanguageRole, list[str]]]:
    """{workshop id: {spoken: […], interpretation: […]}}."""
    found: dict[int, dict[LanguageRole, list[str]]] = defaultdict(lambda: {role: [] for role in LanguageRole})
    query = select(WorkshopLanguage).where(WorkshopLanguage.workshop_id.in_(list(workshop_ids)))
    for row in db.session.scalars(query.order_by(WorkshopLanguage.language)):
        found[row.workshop_id][LanguageRole(row.role)].append(row.language)
    return found


def objectives_of(workshop_id: int, language: str) -> list[str]:
    """What the workshop wants to reach, in order."""
    query = (
        select(ObjectiveText.text)
        .join(Objective, Objective.id == ObjectiveText.objective_id)
        .where(Objective.workshop_id == workshop_id, ObjectiveText.language == language)
    )
    return list(db.session.scalars(query.order_by(Objective.position)))


def talks_of(workshop_id: int, language: str) -> list[dict]:
    """The programme: id, title, languages, speakers (member_id, name, name_language, role, organisation)."""
    query = (
        select(Talk.id, TalkText.title)
        .join(TalkText, (TalkText.talk_id == Talk.id) & (TalkText.language == language))
        .where(Talk.workshop_id == workshop_id)
        .order_by(Talk.position)
    )
    talks = [{"id": row.id, "title": row.title, "languages": [], "speakers": []} for row in db.session.execute(query)]
    by_id = {talk["id"]: talk for talk in talks}
    spoken = select(TalkLanguage).where(TalkLanguage.talk_id.in_(list(by_id))).order_by(TalkLanguage.language)
    for row in db.session.scalars(spoken):
        by_id[row.talk_id]["languages"].append(row.language)
    for row in db.session.execute(_speakers(list(by_id), language)):
        by_id[row.talk_id]["speakers"].append(row)
    return talks


def _speakers(talk_ids: list[int], language: str) -> Select:
    return (
        select(
            Speaker.talk_id,
            Speaker.member_id,
            Member.display_name.label("member_name"),
            Member.name_language,
            SpeakerText.name,
            SpeakerText.role,
            SpeakerText.organisation,
        )
        .join(SpeakerText, (SpeakerText.speaker_id == Speaker.id) & (SpeakerText.language == language))
        .outerjoin(Member, Member.id == Speaker.member_id)
        .where(Speaker.talk_id.in_(talk_ids))
        .order_by(Speaker.position)
    )
