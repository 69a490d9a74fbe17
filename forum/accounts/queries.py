"""Reads of exports and erasures."""

from sqlalchemy import select

from forum.accounts.models import Erasure, ErasureState, Export, ExportState
from forum.core.db import db
from forum.core.errors import LinkOver
from forum.members.models import Token
from forum.members.queries.tokens import get_token

EXPORT, UNDO = "export", "erasure undo"  # the purposes of links' tokens
UNDER_WAY = (ExportState.WAITING, ExportState.MAKING)


def find_last_export(member_id: int) -> Export | None:
    """The export that a member asked for last."""
    return db.session.scalar(select(Export).where(Export.member_id == member_id).order_by(Export.id.desc()).limit(1))


def get_export(token: str, *, member_id: int) -> tuple[Token, Export]:
    """What the link of a letter leads to, for the member whom it was written to; LinkOver for everybody else."""
    found = get_token(token, EXPORT)
    export = db.session.get(Export, found.subject_id, populate_existing=True) if found.subject_id else None
    if found.member_id != member_id or export is None or export.state != ExportState.READY:
        raise LinkOver(again="accounts.data")
    return found, export


def find_waiting_erasure(member_id: int) -> Erasure | None:
    """The erasure that a member waits for, if any."""
    query = select(Erasure).where(Erasure.member_id == member_id, Erasure.state == ErasureState.WAITING)
    return db.session.scalar(query)


def get_undo(token: str) -> Erasure:
    """The erasure that a link from a letter takes back; LinkOver."""
    found = get_token(token, UNDO)
    erasure = db.session.get(Erasure, found.subject_id, populate_existing=True) if found.subject_id else None
    if erasure is None or erasure.state != ErasureState.WAITING:
        raise LinkOver(again="members.sign_in")
    return erasure
