"""Handovers as JSON."""

from collections.abc import Sequence
from typing import TypedDict

from sqlalchemy import Row

from forum.core.api import Instant, moment
from forum.handovers.models import Handover, HandoverState


class HandedQuestionShape(TypedDict):
    """An open question; `language` is the title's."""

    id: int
    title: str
    language: str


class HandoverShape(TypedDict):
    """A handover; members are ids. `questions` are those that would be the successor's to settle: only the successor
    and the leaver are told, and only what they may read."""

    id: int
    state: HandoverState
    leaver: int
    successor: int
    municipality: int
    questions: list[HandedQuestionShape]
    created_at: Instant
    decided_at: Instant | None


def handover_shape(handover: Handover, *, questions: Sequence[Row] = ()) -> HandoverShape:
    """With rows of `open_questions`."""
    return {
        "id": handover.id,
        "state": handover.state,
        "leaver": handover.leaver_id,
        "successor": handover.successor_id,
        "municipality": handover.municipality_id,
        "questions": [{"id": row.id, "title": row.title, "language": row.language} for row in questions],
        "created_at": moment(handover.created_at),
        "decided_at": moment(handover.decided_at),
    }
