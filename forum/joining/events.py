"""What happened on the way in."""

from forum.core.events import fact


@fact
class ApplicationReceived:
    """Somebody asks to join, from an address that is theirs."""

    application_id: int


@fact
class ApplicationDecided:
    """A manager said yes or no."""

    application_id: int
