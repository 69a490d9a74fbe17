"""Calling an event off, and holding it after all."""

from forum.core import audit, clock
from forum.core.errors import Conflict, Invalid
from forum.core.events import record
from forum.core.languages import clean_body
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.workshops.actions.programme import check_manager
from forum.workshops.events import WorkshopChanged
from forum.workshops.models import LONGEST_SUMMARY, Workshop


def cancel_workshop(workshop: Workshop, *, reason: str = "", by: Reader) -> None:
    """It does not take place. Its page and discussions stay; whoever meant to come is told. Twice does no harm."""
    check_manager(by)
    reason = clean_body(reason)
    if len(reason) > LONGEST_SUMMARY:
        raise Invalid(fields={"reason": _("At most %(num)s characters.", num=LONGEST_SUMMARY)})
    if workshop.cancelled_at is not None:
        return
    if workshop.ends_at < clock.now():
        raise Conflict(_("This event is over."))
    workshop.cancelled_at, workshop.cancel_reason = clock.now(), reason
    _changed(workshop, "workshop cancelled", by)


def restore_workshop(workshop: Workshop, *, by: Reader) -> None:
    """It takes place after all. Twice does no harm."""
    check_manager(by)
    if workshop.cancelled_at is None:
        return
    workshop.cancelled_at, workshop.cancel_reason = None, ""
    _changed(workshop, "workshop restored", by)


def _changed(workshop: Workshop, what: str, by: Reader) -> None:
    workshop.schedule += 1
    workshop.revision += 1
    workshop.changed_at = clock.now()
    record(WorkshopChanged(workshop.id))
    audit.note(what, actor_id=by.id, subject=("workshop", workshop.id))
