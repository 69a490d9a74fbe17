"""What happened to events that are over."""

from forum.core.events import fact


@fact
class WorkshopClosed:
    """Its record is published."""

    workshop_id: int
