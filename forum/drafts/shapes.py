"""Drafts as JSON."""

from typing import Any

from forum.core.api import moment
from forum.drafts.models import Draft


def draft_shape(draft: Draft) -> dict[str, Any]:
    """What is written so far, and for what."""
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
