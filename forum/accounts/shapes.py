"""Exports as JSON."""

from typing import Any

from forum.accounts.models import Export
from forum.core.api import moment


def export_shape(export: Export) -> dict[str, Any]:
    """How far an export came; the link to it is in a letter alone."""
    return {
        "id": export.id,
        "state": export.state,
        "size": export.size,
        "asked_at": moment(export.asked_at),
        "ready_at": moment(export.ready_at),
        "expires_at": moment(export.expires_at),
    }
