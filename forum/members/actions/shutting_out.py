"""What somebody hears who is shut out, once they have shown the right password or passkey."""

from datetime import datetime

from forum.core.api import moment
from forum.core.errors import Refused
from forum.core.languages import format_moment
from forum.core.languages import gettext as _
from forum.members.models import Member, MemberState
from forum.members.queries.suspensions import Asked, find_suspension, whom_to_ask


class AccountSuspended(Refused):
    """Password or passkey are right, and the account is suspended. `asked` are those whom one may ask."""

    status, code = 403, "suspended"

    def __init__(self, until: datetime | None, asked: list[Asked]) -> None:
        ask = [{"id": one.id, "name": one.name, "email": one.email} for one in asked]
        super().__init__(said_until(until), until=moment(until), ask=ask)


def said_until(until: datetime | None) -> str:
    """In the reader's language, and in their own time."""
    if until is None:
        return _("Your account is suspended until further notice.")
    return _("Your account is suspended until %(date)s.", date=format_moment(until))


def refuse_suspended(member: Member) -> None:
    """Raise AccountSuspended for who is."""
    if member.state == MemberState.SUSPENDED:
        found = find_suspension(member.id)
        raise AccountSuspended(found.until if found else None, whom_to_ask())
