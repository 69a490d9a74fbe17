"""Reads of exports, erasures, and accounts that may be one person's."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Row, func, select

from forum.accounts.models import Erasure, ErasureState, Export, ExportState
from forum.core.db import db
from forum.core.errors import LinkOver
from forum.core.personal import Who, counts_of
from forum.members import queries as members
from forum.members.models import Member, SignInSession, Token
from forum.members.queries.names import is_called
from forum.members.queries.tokens import get_token

EXPORT, UNDO = "export", "erasure undo"  # the purposes of links' tokens
MOST_OTHERS = 20
UNDER_WAY = (ExportState.WAITING, ExportState.MAKING)


def find_last_export(member_id: int) -> Export | None:
    """The export that a member asked for last."""
    return db.session.scalar(select(Export).where(Export.member_id == member_id).order_by(Export.id.desc()).limit(1))


def get_export(token: str, *, member_id: int) -> tuple[Token, Export]:
    """What the link of a letter leads to, for the member whom it was written to; LinkOver for everybody else."""
    found = get_token(token, EXPORT)
    export = db.session.get(Export, found.subject_id, populate_existing=True) if found.subject_id else None
    if found.member_id != member_id or export is None or export.state != ExportState.READY:
        raise LinkOver
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
        raise LinkOver
    return erasure


class Side(NamedTuple):
    """One of two accounts that may be one person's."""

    member: Member
    municipality: str | None
    roles: Sequence[str]
    counts: Mapping[str, int]
    last_seen: datetime | None


def side_of(member: Member, language: str) -> Side:
    """All that a manager needs to choose."""
    seen = select(func.max(SignInSession.seen_at)).where(SignInSession.member_id == member.id)
    return Side(
        member,
        members.get_profile(member.id, language).municipality,
        members.roles_of(member.id),
        counts_of(Who(member.id, member.email)),
        db.session.scalar(seen),
    )


def others_like(member: Member, asked: str, language: str) -> Sequence[Row]:
    """Accounts that may be the same person's: of this name or address, or called alike when nothing is asked."""
    query = members.member_rows(language).add_columns(Member.email).where(Member.id != member.id)
    if "@" in asked:
        query = query.where(Member.email == asked.strip().lower())
    else:
        query = query.where(is_called(asked or member.display_name))
    return db.session.execute(query.order_by(Member.sort_key, Member.id).limit(MOST_OTHERS)).all()
