"""What is held of a person here: the spaces that they belong to or ask for."""

from forum.core.personal import Held, Part
from forum.spaces.models import SpaceMember, SpaceRequest

PART = Part(
    held=(
        Held(SpaceMember.member_id, "spaces"),
        Held(SpaceRequest.member_id, "space_requests"),
    )
)
