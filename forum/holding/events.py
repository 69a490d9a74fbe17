"""What happened to held posts."""

from forum.core.events import fact


@fact
class PostHeld:
    """Something waits for a moderator."""

    held_id: int


@fact
class HeldPostDecided:
    """It was approved, declined or taken back."""

    held_id: int
