"""A workshop as it was planned: what was really written, for the forms that change or copy it."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, select

from forum.core.db import db
from forum.workshops.models import (
    Objective,
    ObjectiveText,
    SessionText,
    Speaker,
    SpeakerText,
    Talk,
    TalkLanguage,
    TalkText,
    WorkshopLink,
    WorkshopSession,
    WorkshopText,
)


def texts_of(workshop_id: int) -> dict[str, WorkshopText]:
    """{language: what was written in it}; nothing of what stands in."""
    query = select(WorkshopText).where(WorkshopText.workshop_id == workshop_id, WorkshopText.written_in.is_(None))
    return {row.language: row for row in db.session.scalars(query)}


def objective_texts_of(workshop_id: int) -> list[dict[str, str]]:
    """[{language: objective}] in order."""
    query = (
        select(Objective.id, ObjectiveText.language, ObjectiveText.text)
        .join(ObjectiveText, ObjectiveText.objective_id == Objective.id)
        .where(Objective.workshop_id == workshop_id, ObjectiveText.written_in.is_(None))
        .order_by(Objective.position)
    )
    return list(_by_language(query).values())


def session_titles_of(session_id: int) -> dict[str, str]:
    """{language: title}."""
    query = select(SessionText.session_id, SessionText.language, SessionText.title)
    return _by_language(query.where(SessionText.session_id == session_id, SessionText.written_in.is_(None)))[session_id]


def talk_titles_of(talk_id: int) -> dict[str, str]:
    """{language: title}."""
    query = select(TalkText.talk_id, TalkText.language, TalkText.title)
    return _by_language(query.where(TalkText.talk_id == talk_id, TalkText.written_in.is_(None)))[talk_id]


def _by_language(query: Select) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for id, language, text in db.session.execute(query):
        found[id][language] = text
    return found


def find_session(workshop_id: int, session_id: int) -> WorkshopSession | None:
    """The session, if it is one of this workshop."""
    query = select(WorkshopSession).where(WorkshopSession.id == session_id, WorkshopSession.workshop_id == workshop_id)
    return db.session.scalar(query)


def find_talk(workshop_id: int, talk_id: int) -> Talk | None:
    """The talk, if it is one of this workshop."""
    return db.session.scalar(select(Talk).where(Talk.id == talk_id, Talk.workshop_id == workshop_id))


def talk_languages_of(talk_id: int) -> list[str]:
    """The languages in which it is held."""
    query = select(TalkLanguage.language).where(TalkLanguage.talk_id == talk_id)
    return list(db.session.scalars(query.order_by(TalkLanguage.language)))


def speakers_of(talk_id: int) -> list[dict[str, Any]]:
    """[{member_id, name, role, organisation}] in order, the last three by the languages in which they were written."""
    query = (
        select(Speaker.id, Speaker.member_id, SpeakerText)
        .join(SpeakerText, SpeakerText.speaker_id == Speaker.id)
        .where(Speaker.talk_id == talk_id, SpeakerText.written_in.is_(None))
        .order_by(Speaker.position)
    )
    found: dict[int, dict[str, Any]] = {}
    for id, member_id, text in db.session.execute(query):
        one = found.setdefault(id, {"member_id": member_id, "name": {}, "role": {}, "organisation": {}})
        for part in ("name", "role", "organisation"):
            one[part][text.language] = getattr(text, part)
    return list(found.values())


def session_plans_of(workshop_id: int) -> Iterable[WorkshopSession]:
    """Its sessions' own rows."""
    query = select(WorkshopSession).where(WorkshopSession.workshop_id == workshop_id)
    return db.session.scalars(query.order_by(WorkshopSession.starts_at)).all()


def talk_ids_of(workshop_id: int) -> list[int]:
    """Its talks, in order."""
    return list(db.session.scalars(select(Talk.id).where(Talk.workshop_id == workshop_id).order_by(Talk.position)))


def prepared_ids_of(workshop_id: int) -> list[int]:
    """The workshops that this one prepares."""
    return list(db.session.scalars(select(WorkshopLink.prepares_id).where(WorkshopLink.workshop_id == workshop_id)))
