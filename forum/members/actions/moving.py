"""An officer changes post: another municipality, or none any more. What they wrote stays with the one of that time."""

from forum.core import audit, stamps
from forum.core.errors import Forbidden, Invalid
from forum.core.events import record
from forum.core.languages import clean_line, strip_bidi
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.members import rules
from forum.members.events import MemberRenamed
from forum.members.models import Member
from forum.municipalities.queries import is_known

LONGEST_POST = 120


def move_member(member: Member, *, municipality_id: int, post_held: str, by: Reader) -> None:
    """To another municipality, or to another post in the same; posts written from now on carry it."""
    if not rules.may_move_member(by):
        raise Forbidden
    post_held = clean_line(strip_bidi(post_held))
    wrong = {}
    if not is_known(municipality_id):
        wrong["municipality"] = _("Please choose a municipality from the list.")
    if len(post_held) > LONGEST_POST:
        wrong["post_held"] = _("At most 120 characters, please.")
    if wrong:
        raise Invalid(fields=wrong)
    _take_place(member, municipality_id, post_held, by)


def leave_office(member: Member, *, by: Reader) -> None:
    """They hold no post in a municipality any more, and stay a member; twice does no harm."""
    if not rules.may_leave_office(by, member.id):
        raise Forbidden
    _take_place(member, None, "", by)


def _take_place(member: Member, municipality_id: int | None, post_held: str, by: Reader) -> None:
    before = member.municipality_id
    if (before, member.post_held) == (municipality_id, post_held):
        return
    member.municipality_id, member.post_held = municipality_id, post_held
    member.version += 1
    stamps.bump(stamps.NAMES)
    record(MemberRenamed(member.id))
    audit.note("member moved", actor_id=by.id, subject=("member", member.id), before=before, after=municipality_id)
