"""What is held of a person here: what they wrote and nobody else has seen."""

from forum.core.personal import Erased, Held, Part
from forum.holding.models import HeldPost

PART = Part(
    held=(
        Held(HeldPost.author_id, "held_posts", without=("html", "decided_by_id")),
        Held(HeldPost.decided_by_id, erased=Erased.STAYS, why="said in the audit log; the row is about somebody else"),
    )
)
