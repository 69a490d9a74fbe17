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


@fact
class ImportStarted:
    """A list of members is to be carried in."""

    import_id: int


@fact
class LettersAsked:
    """Those whom a list brought get their letters."""

    import_id: int
