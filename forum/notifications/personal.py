"""What is held of a person here: what they were told, and what others were told of them."""

from forum.core.personal import Held, Part
from forum.notifications.models import Notice, ToldPost

PART = Part(
    held=(
        Held(Notice.member_id, "notices"),
        Held(Notice.actor_id, why="what others were told is theirs"),
        Held(ToldPost.member_id, why="counts each post once; the notices say what the member was told"),
    )
)
