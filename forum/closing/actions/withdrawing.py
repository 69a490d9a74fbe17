"""An earlier text of a record goes out of sight, because it says of somebody what it should not."""

from forum.closing import queries
from forum.closing.actions.saving import hold
from forum.closing.rules import may_close
from forum.core import audit, clock
from forum.core.errors import Conflict, Forbidden
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.workshops.models import Workshop


def withdraw_edition(workshop: Workshop, number: int, *, by: Reader) -> None:
    """Nobody but managers reads it; twice does no harm. What the record says now is corrected instead: Conflict."""
    if not may_close(by):
        raise Forbidden
    closing = hold(workshop.id)
    edition, _following = queries.get_edition(workshop.id, number, withdrawn=True)
    if number == closing.edition:
        raise Conflict(
            _("This is what the record says now. Correct it first; then this text can be taken out of sight.")
        )
    if edition.withdrawn_at is None:
        edition.withdrawn_at = clock.now()
        audit.note("record text withdrawn", actor_id=by.id, subject=("workshop", workshop.id), number=number)


def show_edition(workshop: Workshop, number: int, *, by: Reader) -> None:
    """Whoever reads the record reads it again; twice does no harm."""
    if not may_close(by):
        raise Forbidden
    hold(workshop.id)
    edition, _following = queries.get_edition(workshop.id, number, withdrawn=True)
    if edition.withdrawn_at is not None:
        edition.withdrawn_at = None
        audit.note("record text shown", actor_id=by.id, subject=("workshop", workshop.id), number=number)
