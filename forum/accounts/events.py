"""What happened to accounts as a whole."""

from forum.core.events import fact


@fact
class ExportAsked:
    """A member wants everything that is held of them."""

    export_id: int
