"""Every write to follows. Whether the member may see the subject is asked by the face, at the visibility door."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, select, update

from forum.core import clock
from forum.core.db import db, insert, run
from forum.following.models import Follow, Level, Origin
from forum.municipalities.events import MunicipalityMerged


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


def follow_along(
    member_ids: Iterable[int], kind: str, subject_ids: Iterable[int], *, since: datetime | None = None
) -> None:
    """All of them follow all of these, unless they follow or mute them already."""
    same = {"subject_kind": kind, "level": Level.ALL, "origin": Origin.ALONG, "since": since or clock.now()}
    subjects = list(subject_ids)
    rows = [{"member_id": member, "subject_id": subject, **same} for member in member_ids for subject in subjects]
    if rows:
        db.session.execute(insert(Follow).on_conflict_do_nothing(), rows)


def unfollow_along(member_id: int, kind: str, subject_ids: Iterable[int]) -> None:
    """The member no longer follows those of these that they followed along with something else."""
    theirs = (Follow.member_id == member_id, Follow.subject_kind == kind, Follow.subject_id.in_(list(subject_ids)))
    db.session.execute(delete(Follow).where(*theirs, Follow.origin == Origin.ALONG))


def unfollow(member_id: int, kind: str, subject_id: int) -> None:
    """The member follows no more; twice does no harm."""
    db.session.execute(
        delete(Follow).where(
            Follow.member_id == member_id, Follow.subject_kind == kind, Follow.subject_id == subject_id
        )
    )


def follow_merger(happened: MunicipalityMerged) -> None:
    """Together: who follows a municipality that was merged follows the other one; who follows both already does."""
    theirs = (Follow.subject_kind == "municipality", Follow.subject_id == happened.municipality_id)
    both = select(Follow.member_id).where(Follow.subject_kind == "municipality", Follow.subject_id == happened.into_id)
    moved = update(Follow).where(*theirs, Follow.member_id.not_in(both)).values(subject_id=happened.into_id)
    db.session.execute(moved.execution_options(synchronize_session=False))
    db.session.execute(delete(Follow).where(*theirs))
