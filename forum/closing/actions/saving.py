"""Keeping what is prepared. Two managers at once lose nothing: whoever saves says which version they saw."""

from typing import Any

from sqlalchemy import select

from forum.closing import rules
from forum.closing.actions.contents import Content, draft_from
from forum.closing.models import Closing
from forum.core import audit, clock
from forum.core.db import db, insert
from forum.core.errors import Conflict, Forbidden
from forum.core.languages import format_moment
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.workshops.models import Workshop


def save_draft(workshop: Workshop, said: Content, *, version: int, by: Reader) -> Closing:
    """Keep it for the next visit, and for the other managers; raises Forbidden, Invalid, and Conflict with both texts
    where somebody else has saved meanwhile."""
    check_closable(workshop, by)
    kept = draft_from(said, workshop)
    closing = hold(workshop.id)
    if kept == closing.draft:
        return closing
    if closing.version != version:
        raise _saved_meanwhile(closing, kept)
    closing.draft, closing.version = kept, closing.version + 1
    closing.saved_at, closing.saved_by_id = clock.now(), by.id
    audit.note("closing prepared", actor_id=by.id, subject=("workshop", workshop.id), version=closing.version)
    return closing


def check_closable(workshop: Any, by: Reader) -> None:
    """Raise Forbidden, or Conflict as long as there is nothing to close."""
    if not rules.may_close(by):
        raise Forbidden
    if workshop.cancelled_at is not None:
        raise Conflict(_("This event is cancelled: there is nothing to close."))
    if not rules.is_over(workshop):
        message = _(
            "This event is not over yet. It can be closed from %(when)s on.", when=format_moment(workshop.ends_at)
        )
        raise Conflict(message)


def hold(workshop_id: int) -> Closing:
    """The closing, made if need be, ours until the transaction ends."""
    begun = insert(Closing).values(workshop_id=workshop_id, version=0, draft={}, edition=0)
    db.session.execute(begun.on_conflict_do_nothing())
    query = select(Closing).where(Closing.workshop_id == workshop_id).with_for_update()
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def _saved_meanwhile(closing: Closing, kept: Content) -> Conflict:
    message = _("Another manager saved while you wrote. Your form is as you left it; what they say stands beside it.")
    return Conflict(message, theirs=closing.draft, yours=kept, version=closing.version)
