"""Who stands behind what a municipality answers: managers name its focal points."""

from sqlalchemy import delete, select

from forum.core import audit
from forum.core.db import db
from forum.core.errors import Forbidden, Invalid
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.inquiries import rules
from forum.inquiries.models import FOCAL
from forum.members.models import Member, MemberState, Role


def name_focal_point(member: Member, municipality_id: int, *, by: Reader | None) -> None:
    """They approve what their municipality answers; twice does no harm. `by` None is the operator."""
    if by is not None and not rules.may_name_focal_points(by):
        raise Forbidden
    if member.municipality_id != municipality_id or member.state != MemberState.ACTIVE:
        raise Invalid(_("A focal point is a member of the municipality."))
    if db.session.scalar(select(Role.id).where(*_which(member.id, municipality_id))) is None:
        scope = {"scope_kind": "municipality", "scope_id": municipality_id}
        db.session.add(Role(member_id=member.id, role=FOCAL, **scope))
        audit.note("focal point named", actor_id=by and by.id, subject=("member", member.id), town=municipality_id)


def unname_focal_point(member_id: int, municipality_id: int, *, by: Reader) -> None:
    """They do not any more."""
    if not rules.may_name_focal_points(by):
        raise Forbidden
    db.session.execute(delete(Role).where(*_which(member_id, municipality_id)))
    audit.note("focal point no more", actor_id=by.id, subject=("member", member_id), town=municipality_id)


def _which(member_id: int, municipality_id: int) -> list:
    theirs = (Role.member_id == member_id, Role.scope_kind == "municipality", Role.scope_id == municipality_id)
    return [Role.role == FOCAL, *theirs]
