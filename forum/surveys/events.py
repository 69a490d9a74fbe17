"""What happened to polls."""

from forum.core.events import fact


@fact
class PollChanged:
    """Somebody voted or took it back, or the poll was closed."""

    poll_id: int
