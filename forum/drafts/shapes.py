"""Drafts as JSON."""

from typing import TypedDict

from forum.core.api import Instant, moment
from forum.drafts.models import Draft, DraftKind


class DraftShape(TypedDict):
    """What is written so far, and for what: `id` is that of the topic, post, space or workshop. A new topic has
    `themes`, `tags` as they were typed and `topic_kind`, an edit its `reason`."""

    kind: DraftKind
    id: int
    title: str
    words: str
    language: str | None
    reply_to: int | None
    version: int | None
    themes: list[int]
    tags: list[str]
    topic_kind: str
    reason: str
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
        "themes": draft.themes,
        "tags": draft.tags,
        "topic_kind": draft.kind,
        "reason": draft.reason,
        "saved_at": moment(draft.saved_at),
    }
