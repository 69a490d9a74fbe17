"""The mark that an event is closed: its page is its record. What the record says is kept above (forum/closing)."""

from forum.core import audit, clock
from forum.core.reader import Reader
from forum.workshops.actions.programme import check_manager
from forum.workshops.models import Workshop


def close_workshop(workshop: Workshop, *, by: Reader) -> None:
    """From now on; one that is closed stays so."""
    check_manager(by)
    workshop.closed_at = workshop.closed_at or clock.now()


def reopen_workshop(workshop: Workshop, *, by: Reader) -> None:
    """Not any more."""
    check_manager(by)
    workshop.closed_at = None
    audit.note("event opened again", actor_id=by.id, subject=("workshop", workshop.id))
