"""What happened to requests."""

from forum.core.events import fact


@fact
class RequestDecided:
    """Managers said what becomes of it, or took that back."""

    request_id: int
