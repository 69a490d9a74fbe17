"""Every read of follows."""

from datetime import datetime

from sqlalchemy import BindParameter, bindparam, select
from sqlalchemy.sql import ColumnElement
from sqlalchemy.sql.expression import ScalarSelect

from forum.core.db import Moment, db, run
from forum.following.models import Follow, Level


def level_of(
    member_id: int | BindParameter[int] | None, kind: str, subject_id: ColumnElement[int]
) -> ScalarSelect[Level]:
    """A member's level as a column; None where they do not follow."""
    return (
        select(Follow.level)
        .where(Follow.member_id == member_id, Follow.subject_kind == kind, Follow.subject_id == subject_id)
        .scalar_subquery()
    )


def find_level(member_id: int, kind: str, subject_id: int) -> Level | None:
    """How much the member hears of it, or None."""
    follow = db.session.get(Follow, (member_id, kind, subject_id))
    return Level(follow.level) if follow else None


_followers = select(Follow.member_id, Follow.level).where(
    Follow.subject_kind == bindparam("kind"),
    Follow.subject_id == bindparam("subject_id"),
    Follow.since <= bindparam("at", type_=Moment),
)


def followers(kind: str, subject_id: int, *, at: datetime) -> dict[int, Level]:
    """{member id: level} of all who followed it at this moment already, the muted too."""
    rows = run(_followers, kind=kind, subject_id=subject_id, at=at)
    return {row.member_id: Level(row.level) for row in rows}
