"""Exports as JSON."""

from typing import TypedDict

from forum.accounts.models import Export, ExportState
from forum.core.api import Instant, moment


class ExportShape(TypedDict):
    """How far a copy of somebody's data came; `size` is in bytes. The link to it is in a letter alone."""

    id: int
    state: ExportState
    size: int | None
    asked_at: Instant
    ready_at: Instant | None
    expires_at: Instant | None


def export_shape(export: Export) -> ExportShape:
    """Without the file."""
    return {
        "id": export.id,
        "state": export.state,
        "size": export.size,
        "asked_at": moment(export.asked_at),
        "ready_at": moment(export.ready_at),
        "expires_at": moment(export.expires_at),
    }
