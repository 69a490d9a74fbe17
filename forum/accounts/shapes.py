"""Exports and erasures as JSON."""

from typing import TypedDict

from forum.accounts.models import Erasure, ErasureState, Export, ExportState
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


class ErasureShape(TypedDict):
    """That a member is to be erased, and when; until then it can be withdrawn."""

    member: int
    state: ErasureState
    asked_at: Instant
    due_at: Instant


def erasure_shape(erasure: Erasure) -> ErasureShape:
    """Without the reason."""
    return {
        "member": erasure.member_id,
        "state": erasure.state,
        "asked_at": moment(erasure.asked_at),
        "due_at": moment(erasure.due_at),
    }


class MergedShape(TypedDict):
    """The account that stays."""

    member: int
