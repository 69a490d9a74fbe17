"""Every write to follows. Whether the member may see the subject is asked by the face, at the visibility door."""

from sqlalchemy import delete

from forum.core import clock
from forum.core.db import db, insert, run
from forum.following.models import Follow, Level, Origin


def follow(member_id: int, kind: str, subject_id: int, *, level: Level) -> None:
    """The member chooses how much to hear of a subject."""
    found = db.session.get(Follow, (member_id, kind, subject_id))
    if found is None:
        found = Follow(member_id=member_id, subject_kind=kind, subject_id=subject_id, since=clock.now())
        db.session.add(found)
    found.level, found.origin = level, Origin.CHOICE


def follow_as_author(member_id: int, kind: str, subject_id: int) -> None:
    """Who writes follows, unless they chose otherwise before."""
    run(
        insert(Follow).on_conflict_do_nothing(),
        member_id=member_id,
        subject_kind=kind,
        subject_id=subject_id,
        level=Level.ALL,
        origin=Origin.AUTHOR,
        since=clock.now(),
    )


def unfollow(member_id: int, kind: str, subject_id: int) -> None:
    """The member follows no more; twice does no harm."""
    db.session.execute(
        delete(Follow).where(
            Follow.member_id == member_id, Follow.subject_kind == kind, Follow.subject_id == subject_id
        )
    )
