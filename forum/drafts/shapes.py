"""Drafts as JSON."""

from typing import TypedDict

from forum.core.api import Instant, moment
from forum.drafts.models import Draft, DraftKind


class DraftShape(TypedDict):
    """What is written so far, and for what: `id` is that of the topic, post, space or workshop."""

    kind: DraftKind
    id: int
    title: str
    words: str
    language: str | None
    reply_to: int | None
    version: int | None
    saved_at: Instant


def draft_shape(draft: Draft) -> DraftShape:
    """As the page that keeps it wants it."""
    return {
        "kind": draft.subject_kind,
        "id": draft.subject_id,
        "title": draft.title,
        "words": draft.words,
        "language": draft.language or None,
        "reply_to": draft.reply_to,
        "version": draft.version,
        "saved_at": moment(draft.saved_at),
    }
