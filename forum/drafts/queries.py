"""Every read of drafts: always a member's own."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, String, cast, exists, select
from sqlalchemy.orm import InstrumentedAttribute

from forum.core.db import db
from forum.drafts.models import MOST_DRAFTS, Draft, DraftKind


def draft_column(
    column: InstrumentedAttribute[Any], member_id: ColumnElement[int], kind: DraftKind, subject_id: ColumnElement[int]
) -> ColumnElement[Any]:
    """A column of a member's draft, for a query of its subjects; None where there is no draft."""
    mine = (Draft.member_id == member_id) & (Draft.subject_kind == kind) & (Draft.subject_id == subject_id)
    return select(column).where(mine).scalar_subquery()


def find_draft(member_id: int, kind: DraftKind, subject_id: int) -> Draft | None:
    """What the member has begun there."""
    return db.session.get(Draft, (member_id, kind, subject_id))


def begun(member_id: int, kind: DraftKind, subject_id: int) -> dict[str, Any]:
    """The same for a form that is drawn; {} where nothing was begun."""
    draft = find_draft(member_id, kind, subject_id)
    if draft is None:
        return {}
    given: dict[str, Any] = {
        "title": draft.title,
        "words": draft.words,
        "language": draft.language,
        "reply_to": draft.reply_to,
    }
    given |= {"themes": draft.themes, "tags": draft.tags, "kind": draft.kind, "reason": draft.reason}
    return given | ({"version": draft.version} if draft.version else {})


def drafts_of(member_id: int) -> Sequence[Draft]:
    """All that a member has begun, the newest first; there are never more than MOST_DRAFTS."""
    query = select(Draft).where(Draft.member_id == member_id)
    return db.session.scalars(query.order_by(Draft.saved_at.desc(), Draft.subject_id).limit(MOST_DRAFTS)).all()


def speaks_of_file(owner_id: ColumnElement[int], file_id: ColumnElement[int]) -> ColumnElement[bool]:
    """For the sweep of uploads: has the owner begun something that this file stands in?"""
    address = "%(/files/" + cast(file_id, String) + ")%"
    return exists().where(Draft.member_id == owner_id, Draft.words.like(address))
