"""Two accounts of one person become one, in one transaction."""

from forum.accounts import mailings, queries, rules
from forum.accounts.models import LONGEST_REASON
from forum.core import audit
from forum.core.db import db
from forum.core.errors import Conflict, Forbidden, Invalid, NotFound
from forum.core.languages import clean_line, strip_bidi
from forum.core.languages import gettext as _
from forum.core.personal import Who, make_over
from forum.core.reader import Reader
from forum.members.actions.leaving import merge_member
from forum.members.models import Member, MemberState
from forum.members.queries import roles_of


def merge_accounts(stays_id: int, goes_id: int, *, by: Reader, why: str) -> None:
    """Everything of the account that goes is made over to the one that stays, which keeps its name, address, password
    and settings; devices of the other are signed out, and its page leads to this one."""
    stays, goes = find_pair(stays_id, goes_id, by=by)
    why = clean_line(strip_bidi(why))
    if not 1 <= len(why) <= LONGEST_REASON:
        raise Invalid(fields={"why": _("Say why, in at most %(num)s characters.", num=LONGEST_REASON)})
    if goes.id == by.id:
        raise Conflict(_("You are signed in with the account that would go. Sign in with the other one."))
    if any(queries.find_waiting_erasure(id) for id in (stays.id, goes.id)):
        raise Conflict(_("One of these accounts is to be erased. Settle that first."))
    address = goes.email
    make_over(who_is(stays), who_is(goes))
    stays, goes = (db.session.get_one(Member, id, populate_existing=True) for id in (stays_id, goes_id))
    merge_member(goes, into=stays)
    mailings.accounts_merged(stays, address)
    audit.note("accounts merged", actor_id=by.id, subject=("member", stays.id), merged=goes.id, why=why)


def find_pair(stays_id: int, goes_id: int, *, by: Reader) -> tuple[Member, Member]:
    """Both accounts, locked in the order of their ids; refuses one account twice, one that is no more, and any that
    stands above the manager: its rights would go to whoever has the other's password."""
    if not rules.may_end_accounts(by):
        raise Forbidden
    if stays_id == goes_id:
        raise Invalid(fields={"other": _("Choose another account than this one.")})
    found = {id: db.session.get(Member, id, with_for_update=True) for id in sorted((stays_id, goes_id))}
    for member in found.values():
        if member is None or (member.state == MemberState.ERASED and member.merged_into_id is None):
            raise NotFound
        if member.merged_into_id is not None:
            raise Conflict(_("This account is part of another one already."))
        if member.state != MemberState.ACTIVE:
            raise Conflict(_("One of these accounts is suspended."))
        if not rules.may_end_account(by, roles_of(member.id)):
            raise Forbidden
    return found[stays_id], found[goes_id]  # type: ignore[return-value]


def who_is(member: Member) -> Who:
    """A member as tables name them."""
    return Who(member.id, member.email, (member.display_name, member.other_name))
