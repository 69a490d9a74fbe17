"""What a workshop offers: its languages, its objectives, its sessions, its talks. `text_language` is the one that a
title is really in."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Row, Select, func, select

from forum.core.db import db
from forum.members.models import Member
from forum.workshops.models import (
    LanguageRole,
    Objective,
    ObjectiveText,
    SessionText,
    Speaker,
    SpeakerText,
    Talk,
    TalkLanguage,
    TalkText,
    Workshop,
    WorkshopLanguage,
    WorkshopSession,
)


def languages_of(workshop_ids: Iterable[int]) -> dict[int, dict[LanguageRole, list[str]]]:
    """{workshop id: {spoken: […], interpretation: […]}}."""
    found: dict[int, dict[LanguageRole, list[str]]] = defaultdict(lambda: {role: [] for role in LanguageRole})
    query = select(WorkshopLanguage).where(WorkshopLanguage.workshop_id.in_(list(workshop_ids)))
    for row in db.session.scalars(query.order_by(WorkshopLanguage.language)):
        found[row.workshop_id][LanguageRole(row.role)].append(row.language)
    return found


def objectives_of(workshop_id: int, language: str) -> Sequence[Row]:
    """What the workshop wants to reach, in order: id, text, text_language."""
    query = (
        select(
            Objective.id, ObjectiveText.text, func.coalesce(ObjectiveText.written_in, language).label("text_language")
        )
        .join(Objective, Objective.id == ObjectiveText.objective_id)
        .where(Objective.workshop_id == workshop_id, ObjectiveText.language == language)
    )
    return db.session.execute(query.order_by(Objective.position)).all()


def objective_ids_of(workshop_id: int) -> list[int]:
    """Their ids, in order."""
    query = select(Objective.id).where(Objective.workshop_id == workshop_id)
    return list(db.session.scalars(query.order_by(Objective.position)))


def sessions_of(workshop_id: int, language: str) -> Sequence[Row]:
    """Its sessions by the clock: id, title, text_language, times, and the workshop's zone and is_online."""
    query = session_rows(language).where(WorkshopSession.workshop_id == workshop_id)
    return db.session.execute(query.order_by(WorkshopSession.starts_at, WorkshopSession.id)).all()


def sessions_by_workshop(workshop_ids: Iterable[int], language: str) -> dict[int, list[Row]]:
    """{workshop id: its sessions}."""
    found: dict[int, list[Row]] = defaultdict(list)
    query = session_rows(language).where(WorkshopSession.workshop_id.in_(list(workshop_ids)))
    for row in db.session.execute(query.order_by(WorkshopSession.starts_at, WorkshopSession.id)):
        found[row.workshop_id].append(row)
    return found


def session_rows(language: str) -> Select:
    """Sessions with their titles in this language."""
    return (
        select(
            WorkshopSession.id,
            WorkshopSession.workshop_id,
            WorkshopSession.starts_at,
            WorkshopSession.ends_at,
            WorkshopSession.starts_wall,
            WorkshopSession.ends_wall,
            Workshop.zone,
            Workshop.is_online,
            SessionText.title,
            func.coalesce(SessionText.written_in, language).label("text_language"),
        )
        .join(Workshop, Workshop.id == WorkshopSession.workshop_id)
        .join(SessionText, (SessionText.session_id == WorkshopSession.id) & (SessionText.language == language))
    )


def session_between(workshop_id: int, starts: datetime, ends: datetime, *, besides: int | None) -> str | None:
    """The title of a session that is on in this time already."""
    query = (
        select(SessionText.title)
        .join(WorkshopSession, WorkshopSession.id == SessionText.session_id)
        .where(
            WorkshopSession.workshop_id == workshop_id,
            WorkshopSession.id != (besides or 0),
            WorkshopSession.starts_at < ends,
            WorkshopSession.ends_at > starts,
        )
    )
    return db.session.scalar(query.limit(1))


def talks_of(workshop_id: int, language: str) -> list[dict]:
    """The talks: id, title, text_language, languages, speakers (member_id, name, name_language, role, organisation)."""
    query = (
        select(Talk.id, TalkText.title, func.coalesce(TalkText.written_in, language).label("text_language"))
        .join(TalkText, (TalkText.talk_id == Talk.id) & (TalkText.language == language))
        .where(Talk.workshop_id == workshop_id)
        .order_by(Talk.position)
    )
    talks = [row._asdict() | {"languages": [], "speakers": []} for row in db.session.execute(query)]
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
