"""Notices of something that is no topic and no space."""

from collections.abc import Iterable

from forum.core import clock
from forum.core.db import db, insert
from forum.core.events import record
from forum.notifications.events import NoticeAdded
from forum.notifications.models import Notice, NoticeKind


def tell_of_subject(kind: NoticeKind, subject: tuple[str, int], member_ids: Iterable[int], *, actor_id: int) -> None:
    """Add notices of something that is no topic and no space; `subject` is its kind and id. Twice adds nothing."""
    if not (member_ids := list(member_ids)):
        return
    now = clock.now()
    same = {"kind": kind, "subject_kind": subject[0], "subject_id": subject[1], "actor_id": actor_id}
    same |= {"count": 1, "first_number": 0, "created_at": now, "updated_at": now}
    told = insert(Notice).on_conflict_do_nothing().returning(Notice.id, Notice.member_id)
    for notice in db.session.execute(told, [{"member_id": one, **same} for one in member_ids]):
        record(NoticeAdded(notice.id, notice.member_id))
