"""What is held of a person here: what they follow."""

from sqlalchemy import select
from sqlalchemy.orm import aliased

from forum.core.db import db
from forum.core.personal import Held, Part, Who
from forum.following.models import Follow, Origin


def _choose(stays: Who, goes: Who) -> None:
    """Where both follow, a choice has it over what came by itself."""
    other = aliased(Follow)
    same = (other.subject_kind == Follow.subject_kind) & (other.subject_id == Follow.subject_id)
    query = (
        select(Follow, other.level).join(other, same).where(Follow.member_id == stays.id, other.member_id == goes.id)
    )
    for follow, level in db.session.execute(query.where(Follow.origin == Origin.AUTHOR, other.origin == Origin.CHOICE)):
        follow.level, follow.origin = level, Origin.CHOICE
    db.session.flush()


PART = Part(held=(Held(Follow.member_id, "follows"),), before_merging=_choose)
