"""What happened to workshops."""

from forum.core.events import fact


@fact
class WorkshopAdded:
    """A webinar or workshop was announced."""

    workshop_id: int


@fact
class WorkshopChanged:
    """What is announced of it is another thing now."""

    workshop_id: int


@fact
class WorkshopTopicStarted:
    """A topic was started in a workshop."""

    workshop_id: int
    topic_id: int
