"""What is held of a person here: the spaces that they belong to or ask for."""

from sqlalchemy import delete, select

from forum.core.db import db
from forum.core.personal import Held, Part, Who
from forum.spaces.models import SpaceMember, SpaceRequest


def _ask_no_more(stays: Who, goes: Who) -> None:
    """Who belongs to a space through one account need not ask with the other."""
    both = (stays.id, goes.id)
    belong = select(SpaceMember.space_id).where(SpaceMember.member_id.in_(both))
    db.session.execute(
        delete(SpaceRequest).where(SpaceRequest.member_id.in_(both), SpaceRequest.space_id.in_(belong)),
        execution_options={"synchronize_session": False},
    )


PART = Part(
    held=(
        Held(SpaceMember.member_id, "spaces"),
        Held(SpaceRequest.member_id, "space_requests"),
    ),
    before_merging=_ask_no_more,
)
