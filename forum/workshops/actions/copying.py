"""A workshop from last year's."""

from datetime import datetime, timedelta
from typing import Any

from forum.workshops import queries
from forum.workshops.actions.plans import SessionPlan, SpeakerPlan, TalkPlan
from forum.workshops.models import Workshop, WorkshopSession


def programme_of(source: Workshop, starts: datetime) -> dict[str, Any]:
    """The sessions and talks of another workshop, for one that begins then by the clocks on the wall: what was on the
    second morning is on the second morning."""
    begun = datetime.fromisoformat(source.starts_wall)
    return {
        "sessions": [_session(one, starts - begun) for one in queries.session_plans_of(source.id)],
        "talks": [_talk(id) for id in queries.talk_ids_of(source.id)],
    }


def _session(session: WorkshopSession, later: timedelta) -> SessionPlan:
    return SessionPlan(
        title=queries.session_titles_of(session.id),
        starts=datetime.fromisoformat(session.starts_wall) + later,
        ends=datetime.fromisoformat(session.ends_wall) + later,
    )


def _talk(talk_id: int) -> TalkPlan:
    return TalkPlan(
        title=queries.talk_titles_of(talk_id),
        languages=queries.talk_languages_of(talk_id),
        speakers=[SpeakerPlan(**one) for one in queries.speakers_of(talk_id)],
    )
